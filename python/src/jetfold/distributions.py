"""The distributions of a segment, and what it says of its columns: section 7 of the format."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import Callable, Optional

import numpy as np
from numpy.typing import NDArray

from .container import ABS_DITHERED, FLOAT32, ColumnFields, Header
from .cursor import from_zigzag, to_signed
from .errors import DamagedError

_INT31 = (1 << 31) - 1
_MAX_LEAVES = 32768
_MAX_ALL_LEAVES = 1 << 24
_MAX_SPIKES = 1024
_MAX_DECIMALS = 22
_MOST_CONTEXTS = 8

# What the differences of rows in contexts are told to.
ROW_BEFORE, OTHER_COLUMN = 1, 2

# Where the contexts of each field begin.
_LEAF, _BOTH = 0, 16 * 12
_SINGLE, _SIDE = 2 * 16 * 12, 2 * 16 * 12 + 3 * 12
_SETS = 2 * 16 * 12 + 6 * 12
_REFERENCE, _TOTAL, _GRID, _WEIGHT, _LEVEL, _PLACE, _SPLIT, _SPIKES = (_SETS + 65 * i for i in range(8))
_ESCAPE = _SETS + 65 * 8
_DITHERED = _ESCAPE + 1
_SEVERAL = _DITHERED + 1
_KIND, _COLUMN, _SOURCE, _LIMITS, _STEP = (_SEVERAL + 1 + 65 * i for i in range(5))
_MODELLED = _STEP + 65
_DECIMALS = _MODELLED + 1
_CONTEXTS = _DECIMALS + 65


@dataclass(frozen=True)
class Distribution:
    """Leaves in the order of their symbols; an escape, where there is one, is the last and has 64 bits."""

    reference: int
    grid: int
    firsts: NDArray[np.int64]
    levels: NDArray[np.int64]
    weights: NDArray[np.int64]


@dataclass(frozen=True)
class Contexts:
    """Section 9.1: what tells the rows of a stream apart, each context having a distribution.

    ``source`` is None for nothing, −1 for the place in the list, else a column; so is ``column``, where there is one.
    """

    kind: int
    column: Optional[int]
    source: Optional[int]
    limits: NDArray[np.int64]
    grid: int
    distributions: list[Distribution]

    @property
    def columns(self) -> list[int]:
        """The columns that must be decoded before."""
        return [each for each in (self.column, self.source) if each is not None and each >= 0]

    def of_rows(self, places: Optional[NDArray[np.int64]], symbols: Optional[NDArray[np.int64]]) -> NDArray[np.int64]:
        """The context of each row, whose places are given where lists matter, and the source's symbols if it is one."""
        known = places if symbols is None else symbols ^ (symbols >> 63)
        assert known is not None
        contexts: NDArray[np.int64] = np.searchsorted(self.limits, known, side="right")
        if self.kind == ROW_BEFORE:
            assert places is not None
            contexts = np.where(places == 0, 0, contexts + 1)
        return contexts


@dataclass(frozen=True)
class SegmentScale:
    """What a segment adds to a column's precision: the ordinals of spikes, and the range of dithered values.

    Of exact values it is how many decimal digits most have, None where symbols do not follow from decimals.
    """

    spikes: list[int]
    is_dithered: bool
    lowest: int
    highest: int
    decimals: Optional[int] = None


@dataclass(frozen=True)
class Segment:
    """What a 'T' frame holds: a scale for each column that has one, and for each stream a distribution or contexts.

    Of a stream in contexts, the distribution is that of its first one; ``of_streams`` has those of all.
    """

    scales: list[Optional[SegmentScale]]
    distributions: list[Distribution]
    contexts: list[Optional[Contexts]]
    of_streams: list[list[Distribution]]

    def needs_places(self, stream: int) -> bool:
        """Whether the places of rows in their lists must be known before a stream is decoded."""
        contexts = self.contexts[stream]
        return contexts is not None and (contexts.kind == ROW_BEFORE or contexts.source == -1)

    def decoded_before(self, stream: int) -> list[int]:
        """The columns that must be decoded before a stream."""
        contexts = self.contexts[stream]
        if contexts is not None:
            return contexts.columns
        reference = self.distributions[stream].reference
        return [reference - 2] if reference >= 2 else []


class _BinaryCoder:
    """Section 7.1. Its functions are closures: a segment has hundreds of thousands of bits."""

    bit: Callable[[int], int]
    flat: Callable[[int], int]
    number: Callable[[int], int]

    def __init__(self, data: bytes):
        following = iter(data[4:] + bytes(64)).__next__
        width = (1 << 32) - 1
        code = int.from_bytes((data + bytes(4))[:4], "big")
        chances = [32768] * _CONTEXTS
        seen = [0] * _CONTEXTS

        def more() -> int:
            try:
                return following()
            except StopIteration:
                return 0

        def bit(context: int) -> int:
            nonlocal width, code
            chance, count = chances[context], seen[context]
            bound = (width >> 12) * (chance >> 4)
            if code < bound:
                width = bound
                chance += (65536 - chance) // (count + 2)
                result = 0
                if chance > 65472:
                    chance = 65472
            else:
                code -= bound
                width -= bound
                chance -= chance // (count + 2)
                result = 1
                if chance < 64:
                    chance = 64
            chances[context] = chance
            if count < 30:
                seen[context] = count + 1
            while width < 16777216:
                width <<= 8
                code = code << 8 | more()
            return result

        def flat(count: int) -> int:
            nonlocal width, code
            number = 0
            for _ in range(count):
                bound = width >> 1
                if code < bound:
                    width = bound
                    number <<= 1
                else:
                    code -= bound
                    width -= bound
                    number = number << 1 | 1
                while width < 16777216:
                    width <<= 8
                    code = code << 8 | more()
            return number

        def number(contexts: int) -> int:
            ones = 0
            while ones < 64 and bit(contexts + ones):
                ones += 1
            if ones == 64:
                return (1 << 64) - 1
            return (1 << ones) + flat(ones) - 1

        self.bit = bit
        self.flat = flat
        self.number = number


class SegmentReader:
    """Reads a segment. Whatever is wrong is reported at the offset of the frame's head."""

    def __init__(self, data: bytes, offset: int, header: Header):
        self._coder = _BinaryCoder(data)
        self._offset = offset
        self._header = header
        self._leaves = 0
        self._static: list[bool] = []

    def read(self) -> Segment:
        self._static = [self._is_static(column) for column in self._header.columns]
        scales = [self._what_is_added(column) for column in self._header.columns]
        lists = len(self._header.groups) - 1
        distributions: list[Distribution] = []
        contexts: list[Optional[Contexts]] = []
        for number, (_, column) in enumerate(self._header.streams()):
            is_static = column is not None and self._static[number - lists]
            if self._coder.bit(_SEVERAL):
                if column is None or not is_static:
                    raise self._damaged("contexts of a stream that can have none")
                own = self._contexts(number - lists, column)
                contexts.append(own)
                distributions.append(own.distributions[0])
            else:
                contexts.append(None)
                distributions.append(self._distribution(1 + number - lists if is_static else 1, column))
        of_streams = [[one] if own is None else own.distributions for one, own in zip(distributions, contexts)]
        segment = Segment(scales, distributions, contexts, of_streams)
        self._refuse_circles(segment, lists)
        return segment

    def _contexts(self, number: int, column: ColumnFields) -> Contexts:
        coder = self._coder
        kind = coder.number(_KIND)
        if kind > OTHER_COLUMN:
            raise self._damaged(f"contexts that refer to what is not known: {kind}")
        referred = coder.number(_COLUMN) if kind == OTHER_COLUMN else None
        told = coder.number(_SOURCE)
        source = None if told == 0 else told - 2
        for other in (referred, source):
            if other is not None and other >= 0:
                columns = self._header.columns
                is_other = other != number and other < len(columns)
                if not is_other or columns[other].group != column.group or not self._static[other]:
                    raise self._damaged("contexts that refer to a column of another group, or of a model")
        if column.group == 0 and (kind == ROW_BEFORE or source == -1):
            raise self._damaged("contexts of rows that are in no list")
        count = coder.number(_LIMITS)
        number_of_contexts = count + (2 if kind == ROW_BEFORE else 1)
        if number_of_contexts > _MOST_CONTEXTS or (source is None and count):
            raise self._damaged("more contexts than there can be")
        limits: list[int] = []
        for _ in range(count):
            limits.append((limits[-1] if limits else 0) + coder.number(_STEP) + 1)
        if limits and limits[-1] >> 63:
            raise self._damaged("a limit of contexts that is beyond 63 bits")
        grid = coder.number(_GRID)
        if grid > 63:
            raise self._damaged(f"a grid of {grid}")
        distributions = [self._distribution(0, column) for _ in range(number_of_contexts)]
        if any(each.grid for each in distributions):
            raise self._damaged("a context with a grid of its own")
        if sum(len(each.weights) for each in distributions) > _MAX_LEAVES:
            raise self._damaged(f"contexts with more than {_MAX_LEAVES:,} leaves")
        return Contexts(kind, referred, source, np.array(limits, dtype=np.int64), grid, distributions)

    def _refuse_circles(self, segment: Segment, lists: int) -> None:
        waiting = {column: segment.decoded_before(lists + column) for column in range(len(self._header.columns))}
        while waiting:
            ready = [column for column, before in waiting.items() if not any(each in waiting for each in before)]
            if not ready:
                raise self._damaged("columns that refer to one another in a circle")
            for column in ready:
                del waiting[column]

    def _is_static(self, column: ColumnFields) -> bool:
        """Whether no model codes a column in this segment; of a density model, the segment says so."""
        if column.coding > 0 and self._header.models[column.coding - 1].kind == 1:
            return self._coder.bit(_MODELLED) == 0
        return column.coding == 0

    def _damaged(self, reason: str) -> DamagedError:
        return DamagedError(self._offset, reason)

    def _what_is_added(self, column: ColumnFields) -> Optional[SegmentScale]:
        if not column.may_have_decimals:
            return self._scale(column) if column.has_scale else None
        field = self._coder.number(_DECIMALS)
        if field > _MAX_DECIMALS + 1:
            raise self._damaged(f"{field - 1:,} decimal digits of column {column.name!r}")
        return SegmentScale([], False, 0, 0, field - 1) if field else None

    def _scale(self, column: ColumnFields) -> SegmentScale:
        width = 32 if column.type == FLOAT32 else 64
        infinity = 0xFF << 23 if width == 32 else 0x7FF << 52

        def ordinal() -> int:
            number = self._coder.flat(width)
            number = number - (1 << width) if number >> (width - 1) else number
            if not -infinity <= number < infinity:
                raise self._damaged(f"a limit or a spike of column {column.name!r} that is not finite")
            return number

        count = self._coder.number(_SPIKES)
        if count > _MAX_SPIKES:
            raise self._damaged(f"{count:,} spikes of column {column.name!r}, {_MAX_SPIKES:,} are allowed")
        spikes: list[int] = []
        for _ in range(count):
            spike = ordinal()
            is_zero = column.precision.kind == ABS_DITHERED and spike in (0, -1)
            if is_zero or (spikes and spike <= spikes[-1]):
                raise self._damaged(f"spikes of column {column.name!r} that cannot be")
            spikes.append(spike)
        lowest = highest = 0
        is_dithered = column.precision.is_dithered and self._coder.bit(_DITHERED) == 1
        if is_dithered:
            lowest, highest = ordinal(), ordinal()
            if lowest > highest:
                raise self._damaged(f"column {column.name!r} has a lowest value above its highest")
        return SegmentScale(spikes, is_dithered, lowest, highest)

    def _distribution(self, references: int, column: Optional[ColumnFields]) -> Distribution:
        coder = self._coder
        reference = coder.number(_REFERENCE)
        if reference > references:
            raise self._damaged("a reference to what is not decoded before")
        if reference >= 2:
            other = self._header.columns[reference - 2]
            if column is None or other.group != column.group or not self._static[reference - 2]:
                raise self._damaged("a reference to a column of another group, or of a model")
        total = coder.number(_TOTAL)
        if total > _INT31:
            raise self._damaged(f"a distribution of {total:,} values")
        if total == 0:
            nothing = np.zeros(0, dtype=np.int64)
            return Distribution(reference, 0, nothing, nothing, nothing)
        grid = coder.number(_GRID)
        if grid > 63:
            raise self._damaged(f"a grid of {grid}")
        escape = coder.number(_WEIGHT) + 1 if coder.bit(_ESCAPE) else 0
        level = coder.number(_LEVEL)
        place = from_zigzag(coder.number(_PLACE))
        if escape > _INT31 or level > 64:
            raise self._damaged("a distribution with a weight or a level that cannot be")
        first = place if level == 0 else place << (level - 1)
        if first < -(1 << 63) or first + (1 << level) > 1 << 63:
            raise self._damaged("a distribution of symbols beyond 64 bits")
        leaves = self._tree(first, level, total, _MAX_LEAVES - (1 if escape else 0))
        if escape:
            leaves.append((0, 64, escape))
        self._leaves += len(leaves)
        if self._leaves > _MAX_ALL_LEAVES:
            raise self._damaged("too many leaves")
        firsts, levels, weights = (np.array(part, dtype=np.int64) for part in zip(*leaves))
        return Distribution(reference, grid, firsts, levels, weights)

    def _tree(self, first: int, level: int, total: int, most: int) -> list[tuple[int, int, int]]:
        """The leaves (first symbol, level, weight) in order, by a walk that keeps the upper halves for later."""
        bit, number, flat = self._coder.bit, self._coder.number, self._coder.flat
        leaves: list[tuple[int, int, int]] = []
        waiting = [(first, level, total, 0)]
        while waiting:
            first, level, count, last = waiting.pop()
            if level:
                height = min(level, 11)
                context = min(count.bit_length() - 1, 15) * 12 + height
                if bit(_LEAF + context):
                    pass
                elif count > 1 and bit(_BOTH + context):
                    difference = from_zigzag(number(_SPLIT))
                    if abs(difference) > _INT31:
                        raise self._damaged("a split that cannot be")
                    below = min(max(count // 2 + difference * isqrt(count), 1), count - 1)
                    half = 1 << (level - 1)
                    waiting.append((first + half, level - 1, count - below, 0))
                    waiting.append((first, level - 1, below, 0))
                    continue
                elif level > 1 and bit(_SINGLE + 12 * last + height):
                    first += flat(level)
                    level = 0
                else:
                    upper = bit(_SIDE + 12 * last + height)
                    waiting.append((first + (upper << (level - 1)), level - 1, count, 1 + upper))
                    continue
            if len(leaves) == most:
                raise self._damaged(f"a distribution with more than {_MAX_LEAVES:,} leaves")
            leaves.append((to_signed(first), level, count))
        return leaves
