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
    """A stream of some values: where its bytes lie, and the number of its distribution."""

    __slots__ = ("start", "length", "values", "distribution")

    def __init__(self, start: int, length: int, values: int, distribution: int):
        self.start = start
        self.length = length
        self.values = values
        self.distribution = distribution


class _Table:
    """What the states of a distribution mean. There is no coder where there is but one leaf."""

    def __init__(self, distribution: Distribution):
        self.distribution = distribution
        leaves = len(distribution.weights)
        self.is_coded = leaves > 1
        self.beside = 0
        if not self.is_coded:
            return
        total = int(distribution.weights.sum())
        bits = min(16, max((leaves - 1).bit_length() + 4, min(12, (total - 1).bit_length())))
        self.bits = bits
        self.beside = _CODER_BITS - bits
        sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(distribution.weights)])
        shares = np.arange(leaves + 1) + ((1 << bits) - leaves) * sums // total
        counts = np.diff(shares)
        numbers = np.arange(1 << bits)
        step = (1 << (bits - 1)) + (1 << (bits - 3)) + 3
        self.leaves = np.empty(1 << bits, dtype=np.int32)
        self.leaves[numbers * step % (1 << bits)] = np.repeat(np.arange(leaves, dtype=np.int32), counts)
        # States in the order of their leaves, and of each leaf in increasing order.
        order = np.argsort(self.leaves, kind="stable")
        leaf = self.leaves[order]
        number = np.empty(1 << bits, dtype=np.int64)
        number[order] = counts[leaf] + numbers - shares[leaf]
        self.state_bits = np.maximum(bits + 1 - np.frexp(number.astype(np.float64))[1], 0).astype(np.int64)
        self.following = (number << self.state_bits) - (1 << bits)
        self.low_bits = np.minimum(distribution.levels, self.beside)[self.leaves]


class _Tables:
    """The tables of several distributions, one after the other: a state's number counts those before."""

    def __init__(self, tables: dict[int, _Table]):
        coded = {number: table for number, table in tables.items() if table.is_coded}
        self.bases: dict[int, int] = {}
        base = 0
        for number, table in coded.items():
            self.bases[number] = base
            base += len(table.leaves)
        following = [table.following + self.bases[number] for number, table in coded.items()]
        nothing = [np.zeros(0, dtype=np.int64)]
        self.following = np.concatenate(following + nothing)
        self.masks = np.concatenate([(1 << table.state_bits) - 1 for table in coded.values()] + nothing)
        self.widths = np.concatenate([table.state_bits + table.low_bits for table in coded.values()] + nothing)


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


def decode(
    data: memoryview, streams: Sequence[CodedStream], distributions: Sequence[Distribution]
) -> list[NDArray[np.int64]]:
    """What each stream codes: the first symbol of each value's leaf, plus its offset there."""
    for stream in streams:
        if stream.values == 0 and stream.length:
            raise DamagedError(stream.start, "a stream of no values that has bytes")
        if stream.values and len(distributions[stream.distribution].weights) == 0:
            raise DamagedError(stream.start, "a stream without a distribution")
    numbers = sorted({stream.distribution for stream in streams if stream.values})
    tables = {number: _Table(distributions[number]) for number in numbers}
    joined = _Tables(tables)
    bits = _Bits(data, streams)
    result: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(streams)
    lanes: dict[int, list[int]] = {1: [], _STATES: []}
    for number, stream in enumerate(streams):
        if stream.values and tables[stream.distribution].is_coded:
            lanes[1 if stream.values < _MANY_STATES_FROM else _STATES].append(number)
        elif stream.values:
            leaves = np.zeros(stream.values, dtype=np.int32)
            table = tables[stream.distribution]
            result[number] = _symbols(stream, table, leaves, None, bits, bits.starts[number], bits.ends[number])
    for states, coded in lanes.items():
        if coded:
            for number, symbols in _Lanes(streams, coded, states, tables, joined, bits).decode():
                result[number] = symbols
    return result


class _Lanes:
    """The coders of streams that have the same number of states, side by side."""

    def __init__(
        self,
        streams: Sequence[CodedStream],
        numbers: list[int],
        states: int,
        tables: dict[int, _Table],
        joined: _Tables,
        bits: _Bits,
    ):
        # Streams that are longer stay longer: those that still run are always the first ones.
        self._numbers = sorted(numbers, key=lambda number: -streams[number].values)
        self._streams = [streams[number] for number in self._numbers]
        self._count = states
        self._tables = [tables[stream.distribution] for stream in self._streams]
        self._joined = joined
        self._bits = bits
        self._values = np.array([stream.values for stream in self._streams], dtype=np.int64)
        self._bases = np.array([joined.bases[stream.distribution] for stream in self._streams], dtype=np.int64)
        starts = np.array([bits.starts[number] for number in self._numbers], dtype=np.int64)
        widths = np.array([table.bits for table in self._tables], dtype=np.int64)
        first = starts[:, None] + widths[:, None] * np.arange(states)
        self._states = self._bases[:, None] + (bits.at(first) & ((1 << widths) - 1)[:, None])
        self._at = starts + states * widths

    def decode(self) -> list[tuple[int, NDArray[np.int64]]]:
        """The numbers of the streams, and what each codes."""
        rounds = self._values // self._count
        most = int(rounds[0])
        states = np.empty((most + 1, len(self._streams), self._count), dtype=np.int32)
        positions = np.empty(states.shape, dtype=np.int64)
        # How many streams run in each round, from the first to the last.
        running = len(rounds) - np.searchsorted(np.sort(rounds), np.arange(most), side="right")
        for turn, count in enumerate(running.tolist()):
            self._step(slice(0, count), states[turn, :count], positions[turn, :count], None)
        rest = self._values - rounds * self._count
        if rest.any():
            mask = np.arange(self._count) < rest[:, None]
            self._step(slice(None), states[most], positions[most], mask)
        result = []
        for i, number in enumerate(self._numbers):
            last = int(rest[i])
            own = np.concatenate([states[: int(rounds[i]), i].reshape(-1), states[most, i, :last]])
            at = np.concatenate([positions[: int(rounds[i]), i].reshape(-1), positions[most, i, :last]])
            result.append((number, self._finish(i, own, at)))
        return result

    def _step(self, which: slice, found: NDArray, positions: NDArray, mask: Optional[NDArray]) -> None:
        states = self._states[which]
        found[:] = states
        widths = self._joined.widths[states]
        if mask is not None:
            widths = widths * mask
        before = widths.cumsum(axis=1)
        at = self._at[which]
        np.add(before - widths, at[:, None], out=positions)
        following = self._joined.following[states] + (self._bits.at(positions) & self._joined.masks[states])
        self._states[which] = following if mask is None else np.where(mask, following, states)
        at += before[:, -1]

    def _finish(self, i: int, states: NDArray[np.int32], positions: Ints) -> NDArray[np.int64]:
        stream, table, number = self._streams[i], self._tables[i], self._numbers[i]
        end = int(self._at[i])
        is_cut = end > self._bits.ends[number]
        if is_cut or (self._states[i] != self._bases[i]).any():
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
    upper = np.maximum(table.distribution.levels - table.beside, 0)
    symbols = table.distribution.firsts[leaves]
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
