"""What the symbols of a column stand for in a segment: sections 6, 6.7, 6.8 and the references of section 9."""

from __future__ import annotations

from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .container import ABS, ABS_DITHERED, BOOL, DTYPES, FLOAT32, REL, REL_DITHERED, UINT64, Block, ColumnFields
from .distributions import SegmentScale
from .errors import DamagedError
from .scales import Decimals, Scale, scale_of

Ints = NDArray[np.int64]
NO_PHASES: Ints = np.zeros(1, dtype=np.int64)
_INT64 = np.iinfo(np.int64)


def phases_of(block: Block) -> Ints:
    """The phase of each event of a block: section 6.8."""
    ordinals = np.ones(block.entries[0], dtype=np.int64)
    for event, jump in block.jumps:
        ordinals[event] += jump
    ordinals[0] = 0
    with np.errstate(over="ignore"):
        z = np.cumsum(ordinals).view(np.uint64) + np.uint64(block.ordinal)
        z = z * np.uint64(0x9E3779B97F4A7C15) + np.uint64(block.seed)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(56)).astype(np.int64)


class Symbols:
    """The symbols of a column in a segment. Spikes have symbols of their own, with two free ones about each."""

    def __init__(self, column: ColumnFields, scale: Optional[SegmentScale]):
        self._column = column
        self._segment = scale
        self._spikes: list[int] = []
        self._plain: list[int] = []
        if column.is_float:
            if scale is not None and scale.decimals is not None:
                self._scale: Scale = Decimals(column.type == FLOAT32, scale.decimals)
            else:
                self._scale = scale_of(column.precision, column.type)
            self._spikes = self._all_spikes()
            self._plain = [self._plain_symbol(spike) for spike in self._spikes]
        self._own = np.array([plain + 3 * i + 2 for i, plain in enumerate(self._plain)], dtype=np.int64)

    def _all_spikes(self) -> list[int]:
        if self._segment is None:
            return []
        zeros = {0, -1} if self._scale.has_phases and self._column.precision.kind != REL_DITHERED else set()
        return sorted(zeros.union(self._segment.spikes))

    def _plain_symbol(self, spike: int) -> int:
        """κ."""
        plain = min(self._scale.symbol(spike, 0), self._scale.symbol(spike, 255))
        return min(plain, -1) if spike < 0 and not self._scale.has_phases else plain

    @property
    def has_phases(self) -> bool:
        """Whether the events' phases matter."""
        return self._segment is not None and self._segment.is_dithered and self._scale.has_phases

    def told_by(self, other: Symbols, symbols: Ints) -> Ints:
        """What a column that refers to another takes the other's symbols for."""
        if self._spikes == other._spikes:
            return symbols
        at, is_spike = other._find(symbols)
        plain = symbols - 3 * at
        if len(other._plain):
            plain = np.where(is_spike, np.array(other._plain)[np.minimum(at, len(other._plain) - 1)], plain)
        return plain + 3 * np.searchsorted(np.array(self._plain, dtype=np.int64), plain)

    def _find(self, symbols: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """How many spikes have smaller symbols, and whether a symbol is that of the next one."""
        if not len(self._own):
            return np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool)
        at = np.searchsorted(self._own, symbols)
        return at, self._own[np.minimum(at, len(self._own) - 1)] == symbols

    def values(self, symbols: Ints, phases: Ints, offset: int) -> NDArray:
        """The values. What no value has is damage, and reported at this offset."""
        if self._column.is_float:
            return self.floats(self.ordinals(symbols, phases, offset))
        dtype = DTYPES[self._column.type]
        if self._column.type == UINT64:
            return symbols.view(np.uint64)
        lowest, highest = (0, 1) if self._column.type == BOOL else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        if len(symbols) and (symbols.min() < lowest or symbols.max() > highest):
            raise self._damaged(offset)
        return symbols.astype(dtype)

    def ordinals(self, symbols: Ints, phases: Ints, offset: int) -> Ints:
        """The ordinals of a float column's values."""
        scale = self._scale
        at, is_spike = self._find(symbols)
        plain = symbols - 3 * at
        defined = (plain >= scale.first) & (plain <= scale.last) | is_spike
        if not defined.all():
            raise self._damaged(offset)
        result = scale.ordinals(np.clip(plain, scale.first, scale.last), phases if self.has_phases else NO_PHASES)
        points = result
        if self.has_phases:
            result = self._in_range(result)
        if self._spikes:
            result = self._among_spikes(result, at, is_spike, offset)
        if self._column.precision.is_snapped and scale.has_phases:
            snapped = self._snapped(result, *self._limits(at))
            result = np.where((result == points) & ~is_spike, snapped, result)
        return result

    def _limits(self, at: Ints) -> tuple[Ints, Ints]:
        """The ordinals that values may have, with so many spikes below them."""
        spikes = np.array(self._spikes, dtype=np.int64)
        low = np.concatenate([[_INT64.min], spikes + 1])[at]
        high = np.concatenate([spikes - 1, [_INT64.max]])[at]
        if self.has_phases:
            assert self._segment is not None
            low = np.maximum(low, self._segment.lowest)
            high = np.minimum(high, self._segment.highest)
        return low, high

    def _snapped(self, ordinals: Ints, lowest: Ints, highest: Ints) -> Ints:
        """Section 6.11."""
        t = self._scale.t
        mantissa = (1 << t) - 1
        signs = ordinals >> 63
        m = ordinals ^ signs
        bound = self._column.precision.bound
        if self._column.precision.kind == REL_DITHERED:
            reach = ((m & mantissa | mantissa + 1) * (0.0156 * bound / (1 + bound))).astype(np.int64)
            moves = m > mantissa
        else:
            ulps = np.maximum(m >> t, 1) - 1 + (-149 if t == 23 else -1074)
            with np.errstate(over="ignore", under="ignore"):
                floats = np.ldexp(0.0156 * bound if bound >= 2.0**-1000 else 0.0, -ulps)
            reach = np.minimum(floats, mantissa + 1).astype(np.int64)
            moves = m > 0
        low = np.maximum(np.maximum(m - reach, m & ~np.int64(mantissa)), 1)
        high = np.minimum(m + reach, m | mantissa)
        low = np.maximum(low, np.where(signs < 0, -1 - highest, lowest))
        high = np.minimum(high, np.where(signs < 0, -1 - lowest, highest))
        moves &= (m < self._scale.infinity) & (m & mantissa != mantissa) & (low <= high)
        # Of the numbers from low to high, the one with the most zeros at its end: their common bits, and a one.
        differ = (low - 1) ^ high
        for shift in (1, 2, 4, 8, 16, 32):
            differ = differ | differ >> shift
        shortest = high & ~(differ >> 1)
        return np.where(moves, shortest ^ signs, ordinals)

    def _in_range(self, ordinals: Ints) -> Ints:
        assert self._segment is not None
        infinity = self._scale.infinity
        moves = (ordinals >= -infinity) & (ordinals < infinity)
        if self._column.precision.kind == REL_DITHERED:
            moves &= (ordinals != 0) & (ordinals != -1)
        return np.where(moves, np.clip(ordinals, self._segment.lowest, self._segment.highest), ordinals)

    def _among_spikes(self, ordinals: Ints, at: Ints, is_spike: NDArray[np.bool_], offset: int) -> Ints:
        spikes = np.array(self._spikes, dtype=np.int64)
        if self._column.precision.kind in (REL, ABS, REL_DITHERED, ABS_DITHERED):
            above = np.concatenate([[_INT64.min], spikes + 1])[at]
            below = np.concatenate([spikes - 1, [_INT64.max]])[at]
            if ((above > below) & ~is_spike).any():
                raise self._damaged(offset)
            ordinals = np.minimum(np.maximum(ordinals, above), below)
        return np.where(is_spike, spikes[np.minimum(at, len(spikes) - 1)], ordinals)

    def _damaged(self, offset: int) -> DamagedError:
        return DamagedError(offset, f"a symbol of column {self._column.name!r} that no value has")

    def floats(self, ordinals: Ints) -> NDArray:
        """The floats with these ordinals."""
        bits = ordinals ^ ((ordinals >> 63) & _INT64.max)
        if self._column.type == FLOAT32:
            magnitudes = (ordinals ^ (ordinals >> 63)).astype(np.uint32)
            return (magnitudes | ((ordinals < 0).astype(np.uint32) << np.uint32(31))).view(np.float32)
        return bits.view(np.float64)


def extremes(values: NDArray) -> "tuple[int, int] | None":
    """The least and the greatest value that is not NaN, as the footer has them; −0 is below +0."""
    if values.dtype.kind != "f":
        if not len(values):
            return None
        found = int(values.min()), int(values.max())
        return tuple(bound - (1 << 64) if bound >> 63 and bound > 0 else bound for bound in found)  # type: ignore
    numbers = values[~np.isnan(values)]
    if not len(numbers):
        return None
    signed = np.int32 if values.dtype.itemsize == 4 else np.int64
    bits = numbers.view(signed)
    ordinals = np.where(bits < 0, np.iinfo(signed).min - bits - 1, bits)
    unsigned = np.uint32 if values.dtype.itemsize == 4 else np.uint64
    low, high = numbers[ordinals.argmin()], numbers[ordinals.argmax()]
    return int(low.view(unsigned)), int(high.view(unsigned))
