"""From the bytes of streams to what they code: section 9 of the format, but for references.

A stream is decoded symbol by symbol, which Python does slowly. Here all states of all streams advance side by side: a
step takes one symbol of each. A step notes only in which states and at which bits the coders are; all else follows from
that for whole streams at once.
"""

from __future__ import annotations

from typing import Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from .distributions import Distribution
from .errors import DamagedError

Ints = NDArray[np.int64]
_STATES = 4
_MANY_STATES_FROM = 4096
# The bits that a value takes of the coder, at most.
_CODER_BITS = 28


class CodedStream:
    """A stream of some values: where its bytes lie, the distributions of its contexts, and the context of each value.

    Where there is one distribution, there are no contexts.
    """

    __slots__ = ("start", "length", "values", "distributions", "contexts")

    def __init__(
        self,
        start: int,
        length: int,
        values: int,
        distributions: Sequence[Distribution],
        contexts: Optional[Ints] = None,
    ):
        self.start = start
        self.length = length
        self.values = values
        self.distributions = distributions
        self.contexts = contexts


def _wanted_bits(distribution: Distribution, usual: int) -> int:
    """How many bits of a state a distribution asks for; 0 where there is nothing to tell apart."""
    leaves = len(distribution.weights)
    if leaves < 2:
        return 0
    total = int(distribution.weights.sum())
    return min(16, max((leaves - 1).bit_length() + 4, min(usual, (total - 1).bit_length())))


class _Table:
    """What the states mean in each context of a stream: those of the first one, then those of the second, and so on.

    Leaves are numbered likewise. There is no coder where no distribution has more than one leaf.
    """

    def __init__(self, distributions: Sequence[Distribution]):
        usual = 11 if len(distributions) > 1 else 12
        self.bits = max(_wanted_bits(distribution, usual) for distribution in distributions)
        self.is_coded = self.bits > 0
        self.beside = _CODER_BITS - self.bits if self.is_coded else 0
        self.firsts = np.concatenate([distribution.firsts for distribution in distributions])
        self.levels = np.concatenate([distribution.levels for distribution in distributions])
        sizes = [len(distribution.weights) for distribution in distributions]
        self.has_leaves = np.array([size > 0 for size in sizes])
        self.first_leaves = np.cumsum([0, *sizes[:-1]])
        if not self.is_coded:
            return
        states = 1 << self.bits
        self.leaves = np.zeros(len(distributions) * states, dtype=np.int32)
        self.state_bits = np.zeros(len(self.leaves), dtype=np.int64)
        self.following = np.zeros(len(self.leaves), dtype=np.int64)
        for context, distribution in enumerate(distributions):
            if sizes[context]:
                self._deal_out(distribution, slice(context * states, (context + 1) * states), context)
        self.low_bits = np.minimum(self.levels, self.beside)[self.leaves] if len(self.levels) else self.state_bits

    def _deal_out(self, distribution: Distribution, own: slice, context: int) -> None:
        bits, count = self.bits, len(distribution.weights)
        total = int(distribution.weights.sum())
        sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(distribution.weights)])
        shares = np.arange(count + 1) + ((1 << bits) - count) * sums // total
        counts = np.diff(shares)
        numbers = np.arange(1 << bits)
        step = (1 << (bits - 1)) + (1 << (bits - 3)) + 3
        leaves = np.empty(1 << bits, dtype=np.int32)
        leaves[numbers * step % (1 << bits)] = np.repeat(np.arange(count, dtype=np.int32), counts)
        # States in the order of their leaves, and of each leaf in increasing order.
        order = np.argsort(leaves, kind="stable")
        leaf = leaves[order]
        number = np.empty(1 << bits, dtype=np.int64)
        number[order] = counts[leaf] + numbers - shares[leaf]
        state_bits = np.maximum(bits + 1 - np.frexp(number.astype(np.float64))[1], 0).astype(np.int64)
        self.state_bits[own] = state_bits
        self.following[own] = (number << state_bits) - (1 << bits)
        self.leaves[own] = leaves + np.int32(self.first_leaves[context])


class _Tables:
    """The tables of several streams, one after the other."""

    def __init__(self, tables: Sequence[_Table]):
        self.bases: list[int] = []
        base = 0
        for table in tables:
            self.bases.append(base)
            base += len(table.leaves) if table.is_coded else 0
        coded = [table for table in tables if table.is_coded]
        nothing = [np.zeros(0, dtype=np.int64)]
        self.following = np.concatenate([table.following for table in coded] + nothing)
        self.masks = np.concatenate([(1 << table.state_bits) - 1 for table in coded] + nothing)
        self.widths = np.concatenate([table.state_bits + table.low_bits for table in coded] + nothing)


class _Bits:
    """The bytes of all streams, one after the other, as the 32 bits that begin with each byte."""

    def __init__(self, data: memoryview, streams: Sequence[CodedStream]):
        octets = np.frombuffer(data, dtype=np.uint8)
        longest = max((stream.values for stream in streams), default=0)
        # A damaged stream may ask for bits behind its end, as many as its values can take.
        behind = np.zeros((longest + 2 * _STATES) * _CODER_BITS // 8 + 16, dtype=np.uint8)
        parts = [octets[stream.start : stream.start + stream.length] for stream in streams]
        self.octets = np.concatenate([*parts, behind])
        ends = np.cumsum([stream.length for stream in streams])
        # In bits, as all positions.
        self.ends: list[int] = (8 * ends).tolist()
        self.starts = [end - 8 * stream.length for end, stream in zip(self.ends, streams)]
        overlapping: NDArray[np.uint32] = np.ndarray(len(self.octets) - 4, "<u4", self.octets, strides=(1,))
        self.words = overlapping.astype(np.uint32)

    def at(self, positions: Ints) -> Ints:
        """At least 25 bits from each position on; what is above them is not to be used."""
        words: Ints = self.words[positions >> 3] >> (positions & 7)
        return words


def decode(data: memoryview, streams: Sequence[CodedStream]) -> list[NDArray[np.int64]]:
    """What each stream codes: the first symbol of each value's leaf, plus its offset there."""
    made: dict[int, int] = {}
    tables: list[_Table] = []
    of_streams: list[int] = []
    for stream in streams:
        if stream.values == 0 and stream.length:
            raise DamagedError(stream.start, "a stream of no values that has bytes")
        if id(stream.distributions) not in made and stream.values:
            made[id(stream.distributions)] = len(tables)
            tables.append(_Table(stream.distributions))
        of_streams.append(made.get(id(stream.distributions), -1))
        if stream.values:
            has_leaves = tables[of_streams[-1]].has_leaves
            if not (has_leaves[0] if stream.contexts is None else has_leaves[stream.contexts].all()):
                raise DamagedError(stream.start, "a stream without a distribution")
    joined = _Tables(tables)
    bits = _Bits(data, streams)
    result: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(streams)
    lanes: dict[int, list[int]] = {1: [], _STATES: []}
    for number, stream in enumerate(streams):
        if stream.values and tables[of_streams[number]].is_coded:
            lanes[1 if stream.values < _MANY_STATES_FROM else _STATES].append(number)
        elif stream.values:
            table = tables[of_streams[number]]
            leaves = np.zeros(stream.values, dtype=np.int32)
            if stream.contexts is not None:
                leaves = table.first_leaves[stream.contexts].astype(np.int32)
            result[number] = _symbols(stream, table, leaves, None, bits, bits.starts[number], bits.ends[number])
    for states, coded in lanes.items():
        if coded:
            for number, symbols in _Lanes(streams, coded, states, tables, of_streams, joined, bits).decode():
                result[number] = symbols
    return result


class _Lanes:
    """The coders of streams that have the same number of states, side by side."""

    def __init__(
        self,
        streams: Sequence[CodedStream],
        numbers: list[int],
        states: int,
        tables: list[_Table],
        of_streams: list[int],
        joined: _Tables,
        bits: _Bits,
    ):
        # Streams that are longer stay longer: those that still run are always the first ones.
        self._numbers = sorted(numbers, key=lambda number: -streams[number].values)
        self._streams = [streams[number] for number in self._numbers]
        self._count = states
        self._tables = [tables[of_streams[number]] for number in self._numbers]
        self._joined = joined
        self._bits = bits
        self._values = np.array([stream.values for stream in self._streams], dtype=np.int64)
        self._bases = np.array([joined.bases[of_streams[number]] for number in self._numbers], dtype=np.int64)
        starts = np.array([bits.starts[number] for number in self._numbers], dtype=np.int64)
        widths = np.array([table.bits for table in self._tables], dtype=np.int64)
        first = starts[:, None] + widths[:, None] * np.arange(states)
        self._states = bits.at(first) & ((1 << widths) - 1)[:, None]
        self._at = starts + states * widths
        self._of_contexts = self._where_contexts_begin()

    def _where_contexts_begin(self) -> NDArray[np.int32]:
        """For each turn, stream and state where the states of the value's context begin in the tables."""
        turns = -(-int(self._values[0]) // self._count)
        begin = np.empty((turns, len(self._streams), self._count), dtype=np.int32)
        for i, (stream, table) in enumerate(zip(self._streams, self._tables)):
            begin[:, i] = self._bases[i]
            if stream.contexts is not None:
                own = np.zeros(turns * self._count, dtype=np.int32)
                own[: stream.values] = stream.contexts << table.bits
                begin[:, i] += own.reshape(turns, self._count)
        return begin

    def decode(self) -> list[tuple[int, NDArray[np.int64]]]:
        """The numbers of the streams, and what each codes."""
        rounds = self._values // self._count
        most = int(rounds[0])
        states = np.empty((most + 1, len(self._streams), self._count), dtype=np.int32)
        positions = np.empty(states.shape, dtype=np.int64)
        # How many streams run in each round, from the first to the last.
        running = len(rounds) - np.searchsorted(np.sort(rounds), np.arange(most), side="right")
        for turn, count in enumerate(running.tolist()):
            begin = self._of_contexts[turn, :count]
            self._step(slice(0, count), begin, states[turn, :count], positions[turn, :count], None)
        rest = self._values - rounds * self._count
        if rest.any():
            mask = np.arange(self._count) < rest[:, None]
            # The last turn, which is another one for each stream.
            turn = np.minimum(rounds, len(self._of_contexts) - 1)
            begin = self._of_contexts[turn, np.arange(len(turn))]
            self._step(slice(None), begin, states[most], positions[most], mask)
        result = []
        for i, number in enumerate(self._numbers):
            last = int(rest[i])
            own = np.concatenate([states[: int(rounds[i]), i].reshape(-1), states[most, i, :last]])
            at = np.concatenate([positions[: int(rounds[i]), i].reshape(-1), positions[most, i, :last]])
            result.append((number, self._finish(i, own, at)))
        return result

    def _step(
        self, which: slice, begin: NDArray, found: NDArray, positions: NDArray, mask: Optional[NDArray]
    ) -> None:
        states = self._states[which]
        found[:] = begin + states
        widths = self._joined.widths[found]
        if mask is not None:
            widths = widths * mask
        before = widths.cumsum(axis=1)
        at = self._at[which]
        np.add(before - widths, at[:, None], out=positions)
        following = self._joined.following[found] + (self._bits.at(positions) & self._joined.masks[found])
        self._states[which] = following if mask is None else np.where(mask, following, states)
        at += before[:, -1]

    def _finish(self, i: int, states: NDArray[np.int32], positions: Ints) -> NDArray[np.int64]:
        stream, table, number = self._streams[i], self._tables[i], self._numbers[i]
        end = int(self._at[i])
        is_cut = end > self._bits.ends[number]
        if is_cut or self._states[i].any():
            raise DamagedError(stream.start, "a stream that does not end as it began")
        if end % 8 and self._bits.octets[end >> 3] >> (end & 7):
            raise DamagedError(stream.start, "a stream whose last bits are not 0")
        own = states - np.int32(self._bases[i])
        low_bits = table.low_bits[own]
        low = self._bits.at(positions + table.state_bits[own]) & ((1 << low_bits) - 1)
        return _symbols(stream, table, table.leaves[own], low, self._bits, -(-end // 8) * 8, self._bits.ends[number])


def _symbols(
    stream: CodedStream,
    table: _Table,
    leaves: NDArray[np.int32],
    low: Optional[Ints],
    bits: _Bits,
    start: int,
    end: int,
) -> NDArray[np.int64]:
    """The symbols of values in these leaves, with the low bits of their offsets, and the others behind the coder's."""
    upper = np.maximum(table.levels - table.beside, 0)
    symbols = table.firsts[leaves]
    if low is not None:
        symbols += low
    widths = upper[leaves] if upper.any() else np.zeros(1, dtype=np.int64)
    ends = np.cumsum(widths)
    length = int(ends[-1])
    if start + (length + 7) // 8 * 8 != end:
        raise DamagedError(stream.start, "a stream that is longer or shorter than its symbols")
    if length:
        raw = bits.octets[start >> 3 : end >> 3]
        if length % 8 and raw[-1] >> (length % 8):
            raise DamagedError(stream.start, "a stream whose last bits are not 0")
        symbols += _unpack(raw, ends - widths, widths) << table.beside
    return symbols


def _unpack(raw: NDArray[np.uint8], starts: Ints, widths: Ints) -> NDArray[np.int64]:
    """Numbers of so many bits, each from a bit on, least significant bit first."""
    padded = np.concatenate([raw, np.zeros(9, dtype=np.uint8)])
    eights: NDArray[np.uint64] = np.ndarray(len(raw) + 2, "<u8", padded, strides=(1,))
    at, shift = starts >> 3, (starts & 7).astype(np.uint64)
    numbers = eights[at] >> shift
    wide = widths > 56
    if wide.any():
        above = padded[at[wide] + 8].astype(np.uint64)
        # A shift by 64 is no shift in C: so it goes in two steps.
        numbers[wide] |= above << np.uint64(1) << (np.uint64(63) - shift[wide])
    unused = np.uint64(64) - widths.astype(np.uint64)
    whole = np.uint64(0xFFFFFFFFFFFFFFFF)
    masks = np.where(widths == 0, np.uint64(0), whole >> np.minimum(unused, np.uint64(63)))
    return (numbers & masks).view(np.int64)
