"""From the bytes of streams to what they code: section 9 of the format, but for references.

A stream is decoded symbol by symbol, which Python does slowly. Here all states of all streams advance side by side: a
step decodes one symbol of each.
"""

from __future__ import annotations

from typing import Sequence

import numpy as np
from numpy.typing import NDArray

from .distributions import Distribution
from .errors import DamagedError

_STATES = 4
_MANY_STATES_FROM = 4096
_SLOTS = 1 << 16


class CodedStream:
    """A stream of some values: where its bytes lie, and the number of its distribution."""

    __slots__ = ("start", "length", "values", "distribution")

    def __init__(self, start: int, length: int, values: int, distribution: int):
        self.start = start
        self.length = length
        self.values = values
        self.distribution = distribution


class _Tables:
    """The leaves of several distributions, one after the other, and which leaf each slot belongs to."""

    def __init__(self, distributions: Sequence[Distribution]):
        sizes = np.array([len(each.firsts) for each in distributions], dtype=np.int64)
        self.sizes = sizes
        self.bases = np.cumsum(sizes) - sizes
        self.firsts = np.concatenate([each.firsts for each in distributions])
        self.levels = np.concatenate([each.levels for each in distributions])
        self.frequencies = np.concatenate([each.frequencies for each in distributions])
        ends = np.cumsum(self.frequencies)
        self.slots = np.repeat(np.arange(len(ends), dtype=np.int32), self.frequencies)
        # A distribution without values has no slots.
        self.slot_bases = np.cumsum(np.where(sizes > 0, _SLOTS, 0)) - np.where(sizes > 0, _SLOTS, 0)
        self.starts = (ends - self.frequencies) % _SLOTS


def decode(
    data: memoryview, streams: Sequence[CodedStream], distributions: Sequence[Distribution]
) -> list[NDArray[np.int64]]:
    """What each stream codes: the first symbol of each value's leaf, plus its offset there."""
    tables = _Tables(distributions)
    for stream in streams:
        if stream.values == 0 and stream.length:
            raise DamagedError(stream.start, "a stream of no values that has bytes")
        if stream.values and tables.sizes[stream.distribution] == 0:
            raise DamagedError(stream.start, "a stream without a distribution")
    leaves: list[NDArray[np.int32]] = []
    coded: dict[int, list[int]] = {1: [], _STATES: []}
    for number, stream in enumerate(streams):
        base = tables.bases[stream.distribution]
        leaves.append(np.full(stream.values, base, dtype=np.int32))
        if stream.values and tables.sizes[stream.distribution] > 1:
            coded[1 if stream.values < _MANY_STATES_FROM else _STATES].append(number)
    raw_starts = np.array([stream.start for stream in streams], dtype=np.int64)
    for states, numbers in coded.items():
        if numbers:
            _Lanes(data, streams, numbers, states, tables).decode(leaves, raw_starts)
    return _with_raw_bits(data, streams, leaves, raw_starts, tables)


class _Lanes:
    """The coders of streams that have the same number of states, side by side."""

    def __init__(
        self,
        data: memoryview,
        streams: Sequence[CodedStream],
        numbers: list[int],
        states: int,
        tables: _Tables,
    ):
        # Streams that are longer stay longer: those that still run are always the first ones.
        self.numbers = sorted(numbers, key=lambda number: -streams[number].values)
        self.streams = [streams[number] for number in self.numbers]
        self.count = states
        self.tables = tables
        for stream in self.streams:
            if stream.length < 8 * states:
                raise DamagedError(stream.start + stream.length, "a stream that ends in its states")
        self.values = np.array([stream.values for stream in self.streams], dtype=np.int64)
        starts = np.array([stream.start for stream in self.streams], dtype=np.int64)
        octets = np.frombuffer(data, dtype=np.uint8)
        bytes_of_states = octets[starts[:, None] + np.arange(8 * states)]
        self.states = np.ascontiguousarray(bytes_of_states).view("<u8").astype(np.int64)
        if (self.states < 1 << 31).any():
            at = int(np.argmax((self.states < 1 << 31).any(axis=1)))
            raise DamagedError(self.streams[at].start, "a state outside its range")
        self.words, self.ends = self._gather_words(octets, starts + 8 * states)
        self.at = self.ends - np.array([(stream.length - 8 * states) // 4 for stream in self.streams])

    def _gather_words(
        self, octets: NDArray[np.uint8], starts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All words of all streams, and behind them as many zeros as a damaged stream may ask for."""
        parts = []
        for stream, start in zip(self.streams, starts.tolist()):
            count = (stream.length - 8 * self.count) // 4
            parts.append(octets[start : start + 4 * count])
        parts.append(np.zeros(4 * int(self.values[0]) + 4 * self.count, dtype=np.uint8))
        words = np.concatenate(parts).view("<u4").astype(np.int64)
        ends = np.cumsum([len(part) // 4 for part in parts[:-1]])
        return words, ends

    def decode(self, leaves: list[NDArray[np.int32]], raw_starts: NDArray[np.int64]) -> None:
        """Writes the leaves of these streams, and where their raw bits start."""
        rounds = self.values // self.count
        bases = np.array([self.tables.slot_bases[stream.distribution] for stream in self.streams])
        found = np.empty((int(rounds[0]), len(self.streams), self.count), dtype=np.int32)
        # How many streams run in each round, from the first to the last.
        running = len(rounds) - np.searchsorted(np.sort(rounds), np.arange(int(rounds[0])), side="right")
        for turn, count in enumerate(running.tolist()):
            self._step(slice(0, count), bases[:count, None], found[turn, :count], None)
        rest = self.values - rounds * self.count
        last = np.empty((len(self.streams), self.count), dtype=np.int32)
        if rest.any():
            self._step(slice(None), bases[:, None], last, np.arange(self.count) < rest[:, None])
        self._check_ends()
        for i, number in enumerate(self.numbers):
            whole = int(rounds[i]) * self.count
            leaves[number][:whole] = found[: int(rounds[i]), i].reshape(-1)
            leaves[number][whole:] = last[i, : int(rest[i])]
            stream = self.streams[i]
            words = int(self.at[i] - self.ends[i]) + (stream.length - 8 * self.count) // 4
            raw_starts[number] = stream.start + 8 * self.count + 4 * words

    def _step(self, which: slice, bases: NDArray, found: NDArray, mask: "NDArray | None") -> None:
        tables = self.tables
        states = self.states[which]
        slots = states & 0xFFFF
        leaf = tables.slots[bases + slots]
        found[:] = leaf
        following = tables.frequencies[leaf] * (states >> 16) + slots - tables.starts[leaf]
        needs = following < 1 << 31
        if mask is not None:
            needs &= mask
        before = np.cumsum(needs, axis=1)
        at = self.at[which]
        refilled = following << 32 | self.words[at[:, None] + before - needs]
        following = np.where(needs, refilled, following)
        self.states[which] = following if mask is None else np.where(mask, following, states)
        at += before[:, -1]

    def _check_ends(self) -> None:
        for i in np.flatnonzero((self.at > self.ends) | (self.states != 1 << 31).any(axis=1)).tolist():
            raise DamagedError(self.streams[i].start, "a stream that does not end as it began")


def _with_raw_bits(
    data: memoryview,
    streams: Sequence[CodedStream],
    leaves: list[NDArray[np.int32]],
    raw_starts: NDArray[np.int64],
    tables: _Tables,
) -> list[NDArray[np.int64]]:
    octets = np.frombuffer(data, dtype=np.uint8)
    result = []
    for stream, leaf, start in zip(streams, leaves, raw_starts.tolist()):
        levels = tables.levels[leaf]
        ends = np.cumsum(levels)
        bits = int(ends[-1]) if len(ends) else 0
        if start + (bits + 7) // 8 != stream.start + stream.length:
            raise DamagedError(stream.start, "a stream that is longer or shorter than its symbols")
        symbols = tables.firsts[leaf]
        if bits:
            raw = octets[start : stream.start + stream.length]
            if bits % 8 and raw[-1] >> (bits % 8):
                raise DamagedError(stream.start, "a stream whose last bits are not 0")
            symbols += _unpack(raw, ends - levels, levels)
        result.append(symbols)
    return result


def _unpack(raw: NDArray[np.uint8], starts: NDArray[np.int64], widths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers of so many bits, each from a bit on, least significant bit first."""
    padded = np.concatenate([raw, np.zeros(9, dtype=np.uint8)])
    eights: NDArray[np.uint64] = np.ndarray(len(raw) + 2, dtype="<u8", buffer=padded, strides=(1,))
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
