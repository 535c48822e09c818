"""A .jetf file, opened."""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Mapping, Optional, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from . import command, entropy
from .checksums import crc32c_of
from .container import DTYPES, FLOAT32, Block, Container, Frame, block_sizes
from .distributions import ROW_BEFORE, Contexts, Segment, SegmentReader
from .errors import DamagedError, JetfoldError, UnsupportedError
from .values import NO_PHASES, Ints, Symbols, extremes, phases_of

if TYPE_CHECKING:
    import awkward
    import pandas

# So many values are decoded side by side: enough to keep NumPy busy, few enough for the memory of a laptop.
_TOGETHER = 1 << 23


@dataclass(frozen=True)
class Column:
    """What a file says of a column.

    ``collection`` is the path of the list that it belongs to (``"jets"``, ``"jets/samplings"``), or ``""`` for a value
    of the event or of a flat table's row. ``largest_error`` is what was measured when the file was written: relative to
    the value for ``bits`` and ``rel``, absolute for ``abs`` and ``measured``, None where nothing was lost. Where the file
    was made of others, ``earlier_loss`` are two numbers E and A: what the values had lost before is at most A + E·|x|.
    """

    key: str
    name: str
    collection: str
    dtype: np.dtype
    unit: str
    precision: str
    largest_error: Optional[float]
    minimum: Any
    maximum: Any
    integral: bool
    marks_events: bool
    learned: bool
    earlier_loss: tuple[float, float]


class JetfoldFile(Mapping[str, NDArray]):
    """A table in a ``.jetf`` file: :func:`jetfold.open` opens it. Columns are decoded when they are asked for.

    As a mapping, it has an array for each column. A key is the column's name; where several collections have a column
    of that name, ``COLLECTION.name`` for all but the event's own. Several threads may read one file at a time.
    """

    def __init__(
        self,
        data: Union[bytes, memoryview, mmap.mmap],
        name: str,
        path: Optional[Path] = None,
        models: Sequence[Union[str, os.PathLike[str]]] = (),
    ):
        self._name = name
        self._path = path
        self._models = [os.fspath(model) for model in models]
        self._whole: Optional[dict[int, NDArray]] = None
        self._data = memoryview(data)
        self._segments: dict[int, tuple[Segment, list[Symbols]]] = {}
        self._container = self._named(lambda: Container(self._data))
        header = self._container.header
        self._collections = [""]
        for group in header.groups[1:]:
            above = self._collections[group.parent]
            self._collections.append(f"{above}/{group.name}" if above else group.name)
        self._keys = self._make_keys()
        self._groups = {path: number for number, path in enumerate(self._collections)}

    def _make_keys(self) -> dict[str, int]:
        columns = self._container.header.columns
        names = [column.name for column in columns]
        keys: dict[str, int] = {}
        for number, column in enumerate(columns):
            plain = names.count(column.name) == 1 or column.group == 0
            collection = self._collections[column.group].replace("/", ".")
            key = column.name if plain else f"{collection}.{column.name}"
            while key in keys:
                key += "_"
            keys[key] = number
        return keys

    # What the file says of itself.

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __repr__(self) -> str:
        return f"<JetfoldFile {self._name}: {self.entries:,} entries, {len(self)} columns>"

    @property
    def entries(self) -> int:
        """The number of events, or of rows of a flat table."""
        return sum(block.entries[0] for block in self._container.blocks)

    @property
    def collections(self) -> list[str]:
        """The paths of the lists that each event has, lists within objects behind those that they belong to."""
        return self._collections[1:]

    @property
    def producer(self) -> str:
        """The program, with its version, that wrote the file."""
        return self._container.header.producer

    @property
    def guarantees(self) -> dict[str, str]:
        """Bounds on quantities that are computed from columns, such as ``{"mjj": "rel:0.004"}``."""
        return {each.quantity: str(each.bound) for each in self._container.header.guarantees}

    @property
    def columns(self) -> dict[str, Column]:
        """What the file says of each column, by key."""
        return {key: self._column(key, number) for key, number in self._keys.items()}

    def _column(self, key: str, number: int) -> Column:
        fields = self._container.header.columns[number]
        dtype = DTYPES[fields.type]
        statistics = [block.statistics[number] for block in self._container.blocks]
        bounds = [
            _from_bits(bits, dtype) for each in statistics for bits in (each.minimum, each.maximum) if bits is not None
        ]
        errors = [each.error for each in statistics if each.error is not None]
        return Column(
            key=key,
            name=fields.name,
            collection=self._collections[fields.group],
            dtype=dtype,
            unit=fields.unit,
            precision=str(fields.precision),
            largest_error=max(errors) if errors else None,
            minimum=min(bounds) if bounds else None,
            maximum=max(bounds) if bounds else None,
            integral=fields.integral,
            marks_events=fields.marks_events,
            learned=fields.coding > 0,
            earlier_loss=self._container.header.earlier[number] if self._container.header.earlier else (0.0, 0.0),
        )

    # What it holds.

    def __getitem__(self, key: str) -> NDArray:
        """A column: a value for each event, or for each object of its collection, one event after the other."""
        if key not in self._keys:
            raise KeyError(key)
        return self.arrays([key])[key]

    def arrays(
        self,
        keys: Union[str, Sequence[str], None] = None,
        entry_start: Optional[int] = None,
        entry_stop: Optional[int] = None,
    ) -> dict[str, NDArray]:
        """Some columns, or all, of the events from ``entry_start`` to before ``entry_stop``; negative ones count from
        the end, as in slices."""
        wanted = list(self._keys) if keys is None else [keys] if isinstance(keys, str) else list(keys)
        for key in wanted:
            if key not in self._keys:
                raise JetfoldError(f"{self._name} has no column {key!r}; it has {', '.join(self._keys)}")
        start, stop, _ = slice(entry_start, entry_stop).indices(self.entries)
        numbers = [self._keys[key] for key in wanted]
        arrays, _counts = self._read(numbers, [], start, max(start, stop))
        return {key: arrays[number] for key, number in zip(wanted, numbers)}

    def offsets(
        self, collection: Optional[str] = None, entry_start: Optional[int] = None, entry_stop: Optional[int] = None
    ) -> Ints:
        """Where the objects of each event lie: those of event i are ``offsets[i]`` to before ``offsets[i + 1]``.

        Of lists within objects, where each object's list lies. ``collection`` may be left out where there is but one.
        """
        group = self._group(collection)
        start, stop, _ = slice(entry_start, entry_stop).indices(self.entries)
        _arrays, counts = self._read([], [group], start, max(start, stop))
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts[group])])

    def _group(self, collection: Optional[str]) -> int:
        if collection is None and len(self._collections) == 2:
            return 1
        if not collection or collection not in self._groups:
            known = ", ".join(self._collections[1:]) or "none: it is a flat table"
            raise JetfoldError(f"{self._name} has no collection {collection!r}; it has {known}")
        return self._groups[collection]

    def to_pandas(
        self,
        collection: Optional[str] = None,
        entry_start: Optional[int] = None,
        entry_stop: Optional[int] = None,
    ) -> pandas.DataFrame:
        """A frame with the columns of one collection, or of the events where there is none or it is ``""``.

        The rows of a collection have the event's number and the object's as index, as uproot gives them.
        """
        import pandas

        single = self._collections[1] if len(self._collections) == 2 else ""
        path = single if collection is None else collection
        group = self._group(path) if path else 0
        columns = self._container.header.columns
        keys = [key for key, number in self._keys.items() if columns[number].group == group]
        start, stop, _ = slice(entry_start, entry_stop).indices(self.entries)
        arrays = self.arrays(keys, start, max(start, stop))
        if group == 0:
            return pandas.DataFrame(arrays, index=pandas.RangeIndex(start, max(start, stop), name="entry"))
        number, levels = group, []
        while number:
            levels.append(self.offsets(self._collections[number], start, max(start, stop)))
            number = self._container.header.groups[number].parent
        rows = int(levels[0][-1])
        places, index = np.arange(rows), []
        for offsets in levels:
            above = np.searchsorted(offsets, places, side="right") - 1
            index.append(places - offsets[above])
            places = above
        index.append(places + start)
        names = ["entry", "subentry"] + ["sub" * (i + 2) + "entry" for i in range(len(levels) - 1)]
        return pandas.DataFrame(arrays, index=pandas.MultiIndex.from_arrays(index[::-1], names=names))

    def events(
        self,
        keys: Union[str, Sequence[str], None] = None,
        entry_start: Optional[int] = None,
        entry_stop: Optional[int] = None,
    ) -> awkward.Array:
        """Some columns, or all, as an Awkward Array with an entry for each event."""
        import awkward

        arrays = self.arrays(keys, entry_start, entry_stop)
        fields = {}
        for key, array in arrays.items():
            group = self._container.header.columns[self._keys[key]].group
            nested = awkward.Array(array)
            while group:
                counts = np.diff(self.offsets(self._collections[group], entry_start, entry_stop))
                nested = awkward.unflatten(nested, counts, axis=0)
                group = self._container.header.groups[group].parent
            fields[key] = nested
        return awkward.zip(fields, depth_limit=1)

    def verify(self) -> None:
        """Decodes everything, and raises :class:`DamagedError` where the file is not what its checksums,
        its statistics and the format say."""
        for block in self._container.blocks:
            self._read(list(self._keys.values()), self._all_lists(), block.first, block.first + block.entries[0])

    def close(self) -> None:
        """Forgets what was decoded. The file is released with the last array that needs it."""
        self._segments.clear()
        self._whole = None

    def __enter__(self) -> JetfoldFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # How it is decoded.

    def _all_lists(self) -> list[int]:
        return list(range(1, len(self._collections)))

    def _named(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except DamagedError as error:
            raise error.of(self._name) from None
        except UnsupportedError as error:
            raise UnsupportedError(f"{self._name} {error}") from None

    def _read(
        self, numbers: list[int], lists: list[int], start: int, stop: int
    ) -> tuple[dict[int, NDArray], dict[int, Ints]]:
        """Columns, and the counts of lists, of some events."""
        columns = self._container.header.columns
        learned = [number for number in numbers if columns[number].coding > 0]
        static = [number for number in numbers if columns[number].coding == 0]
        arrays: dict[int, NDArray] = {}
        blocks = [
            block
            for block in self._container.blocks
            if block.first < stop and block.first + block.entries[0] > start and stop > start
        ]
        parts: dict[int, list[NDArray]] = {number: [] for number in static}
        counts: dict[int, list[Ints]] = {group: [] for group in lists}
        sizes = [int(block_sizes(block, self._container.header).sum()) for block in blocks]
        first = 0
        while first < len(blocks):
            last, together = first + 1, sizes[first]
            while last < len(blocks) and together + sizes[last] <= _TOGETHER:
                together += sizes[last]
                last += 1
            batch = _Batch(self, blocks[first:last], static, lists, start, stop)
            self._named(partial(batch.append_to, parts, counts))
            first = last
        for number in static:
            arrays[number] = _joined(parts[number], DTYPES[columns[number].type])
        if learned:
            arrays.update(self._learned(learned, start, stop))
        return arrays, {group: _joined(counts[group], np.dtype(np.int64)) for group in lists}

    def _learned(self, numbers: list[int], start: int, stop: int) -> dict[int, NDArray]:
        """Columns that a model codes come from the command, which decodes the whole file once."""
        header = self._container.header
        for number in numbers:
            kind = header.models[header.columns[number].coding - 1].kind
            if kind not in (1, 2):
                raise UnsupportedError(f"{self._name} has a model of kind {kind}, which this version does not know")
        whole = self._whole
        if whole is None:
            whole = self._whole = command.read(self._path, self._data, self._name, self._models, header)
        result = {}
        for number in numbers:
            first, last = start, stop
            for group in self._path_to(header.columns[number].group):
                offsets = self.offsets(self._collections[group])
                first, last = int(offsets[first]), int(offsets[last])
            result[number] = whole[number][first:last]
        return result

    def _path_to(self, group: int) -> list[int]:
        """The lists that a group lies in, from the outermost to itself."""
        path: list[int] = []
        while group:
            path.insert(0, group)
            group = self._container.header.groups[group].parent
        return path

    def _segment(self, frame: Frame) -> tuple[Segment, list[Symbols]]:
        known = self._segments.get(frame.offset)
        if known is None:
            head = bytes(self._data[frame.head : frame.body])
            header = self._container.header
            segment = SegmentReader(head, frame.head, header).read()
            known = segment, [Symbols(column, scale) for column, scale in zip(header.columns, segment.scales)]
            self._segments[frame.offset] = known
        return known


class _Batch:
    """Blocks that are decoded side by side."""

    def __init__(
        self, file: JetfoldFile, blocks: list[Block], columns: list[int], lists: list[int], start: int, stop: int
    ):
        self._file = file
        self._header = file._container.header
        self._blocks = blocks
        self._columns = columns
        self._lists = lists
        self._start, self._stop = start, stop
        self._segments: list[tuple[Segment, list[Symbols]]] = []
        self._coded: list[dict[int, Ints]] = []
        self._in_contexts: list[tuple[int, int]] = []

    def _needed(self, number: int) -> list[int]:
        """The streams that must be decoded of a block."""
        block, (segment, symbols) = self._blocks[number], self._segments[number]
        lists = len(self._header.groups) - 1
        groups = {above for group in self._lists for above in self._file._path_to(group)}
        streams = set()
        is_cut = block.first < self._start or block.first + block.entries[0] > self._stop
        for column in self._columns:
            waiting = [column]
            while waiting:
                at = waiting.pop()
                if lists + at not in streams:
                    streams.add(lists + at)
                    waiting.extend(segment.decoded_before(lists + at))
                    if segment.needs_places(lists + at):
                        groups.update(self._file._path_to(self._header.columns[at].group))
            if is_cut or symbols[column].has_phases or (block.refined and column in self._header.refined):
                groups.update(self._file._path_to(self._header.columns[column].group))
        return sorted(streams.union(group - 1 for group in groups))

    def _decode(self) -> list[dict[int, Ints]]:
        """What each needed stream of each block codes, but for those in contexts; all checks are right."""
        streams: list[entropy.CodedStream] = []
        checks: list[int] = []
        places = []
        for number, block in enumerate(self._blocks):
            segment = self._segments[number][0]
            sizes = block_sizes(block, self._header)
            for stream in self._needed(number):
                own = segment.of_streams[stream]
                streams.append(
                    entropy.CodedStream(block.starts[stream], block.lengths[stream], int(sizes[stream]), own)
                )
                checks.append(block.checks[stream])
                places.append((number, stream))
        found = crc32c_of(self._file._data, [each.start for each in streams], [each.length for each in streams])
        for each, right, check in zip(streams, found.tolist(), checks):
            if each.length and right != check:
                raise DamagedError(each.start, "the check of a stream does not match")
        coded: list[dict[int, Ints]] = [{} for _ in self._blocks]
        alone = []
        for at, (number, stream) in enumerate(places):
            if self._segments[number][0].contexts[stream] is None:
                alone.append(at)
            else:
                self._in_contexts.append((number, stream))
        decoded = entropy.decode(self._file._data, [streams[at] for at in alone])
        for at, values in zip(alone, decoded):
            number, stream = places[at]
            coded[number][stream] = values
        return coded

    def _decode_contexts(self, counts: list[dict[int, Ints]], known: list[dict[int, Ints]]) -> None:
        """Decodes the streams in contexts: in each round, side by side, those of which all is decoded that they need."""
        lists = len(self._header.groups) - 1
        while self._in_contexts:
            waiting = set(self._in_contexts)
            ready = []
            for number, stream in self._in_contexts:
                before = self._segments[number][0].decoded_before(stream)
                if not any((number, lists + column) in waiting for column in before):
                    ready.append((number, stream))
            streams = []
            for number, stream in ready:
                block, segment = self._blocks[number], self._segments[number][0]
                own = segment.contexts[stream]
                assert own is not None
                contexts = self._contexts_of_rows(number, stream, own, counts[number], known[number])
                start, length = block.starts[stream], block.lengths[stream]
                streams.append(entropy.CodedStream(start, length, len(contexts), own.distributions, contexts))
            for (number, stream), differences in zip(ready, entropy.decode(self._file._data, streams)):
                self._coded[number][stream] = differences
            self._in_contexts = [each for each in self._in_contexts if each not in set(ready)]

    def _contexts_of_rows(
        self, number: int, stream: int, contexts: Contexts, counts: dict[int, Ints], known: dict[int, Ints]
    ) -> Ints:
        column = stream - (len(self._header.groups) - 1)
        group = self._header.columns[column].group
        if self._segments[number][0].needs_places(stream):
            places = _places(counts[group])
        else:
            places = np.zeros(self._blocks[number].entries[group], dtype=np.int64)
        source = contexts.source
        symbols = self._column_symbols(number, source, known) if source is not None and source >= 0 else None
        return contexts.of_rows(places, symbols)

    def append_to(self, parts: dict[int, list[NDArray]], counts: dict[int, list[Ints]]) -> None:
        """Adds the values of the asked events, and the counts of their lists."""
        self._segments = [self._file._segment(block.distributions) for block in self._blocks]
        self._coded = self._decode()
        all_counts = [self._counts(number) for number in range(len(self._blocks))]
        known: list[dict[int, Ints]] = [{} for _ in self._blocks]
        self._decode_contexts(all_counts, known)
        for number, block in enumerate(self._blocks):
            of_groups = all_counts[number]
            first = max(self._start - block.first, 0)
            last = min(self._stop - block.first, block.entries[0])
            ranges = self._ranges(block, of_groups, first, last)
            for group in self._lists:
                low, high = ranges[self._header.groups[group].parent]
                counts[group].append(of_groups[group][low:high])
            for column in self._columns:
                low, high = ranges[self._header.columns[column].group]
                parts[column].append(self._values(number, column, known[number], of_groups)[low:high])

    def _counts(self, number: int) -> dict[int, Ints]:
        block = self._blocks[number]
        counts: dict[int, Ints] = {}
        for group in range(1, len(self._header.groups)):
            if group - 1 in self._coded[number]:
                found = self._symbols_of(number, group - 1)
                # Counts that wrap when they are added up are larger than what a block may have.
                too_many = len(found) and (found.min() < 0 or found.max() > block.entries[group])
                if too_many or int(found.sum()) != block.entries[group]:
                    raise DamagedError(block.frame.offset, "list counts that do not add up to the block's entries")
                counts[group] = found
        return counts

    def _ranges(self, block: Block, counts: dict[int, Ints], first: int, last: int) -> list[tuple[int, int]]:
        """The entries of each group that belong to the events first to before last of a block."""
        ranges = [(first, last)]
        for group in range(1, len(self._header.groups)):
            low, high = ranges[self._header.groups[group].parent]
            if group in counts:
                before = int(counts[group][:low].sum())
                ranges.append((before, before + int(counts[group][low:high].sum())))
            else:
                ranges.append((0, block.entries[group]))
        return ranges

    def _symbols_of(self, number: int, stream: int, other: Optional[Ints] = None) -> Ints:
        """From what a stream codes to its symbols: references and grid."""
        segment = self._segments[number][0]
        contexts = segment.contexts[stream]
        coded = self._coded[number][stream]
        grid = segment.distributions[stream].grid if contexts is None else contexts.grid
        if contexts is not None and contexts.kind == ROW_BEFORE:
            coded = self._added_up(number, stream, coded)
        elif contexts is None and segment.distributions[stream].reference == 1:
            coded = np.cumsum(coded)
        elif other is not None:
            coded = coded + (other >> grid)
        if grid == 0:
            return coded
        if ((coded << grid) >> grid != coded).any():
            raise DamagedError(self._blocks[number].starts[stream], "a symbol that is beyond 64 bits by its grid")
        return (coded << grid) + np.where(coded < 0, (1 << grid) - 1, 0)

    def _added_up(self, number: int, stream: int, coded: Ints) -> Ints:
        """Sums of differences within each list; the first of a list is no difference."""
        column = stream - (len(self._header.groups) - 1)
        counts = self._counts(number)[self._header.columns[column].group]
        sums = np.cumsum(coded)
        starts = np.cumsum(counts) - counts
        before = np.concatenate([np.zeros(1, dtype=np.int64), sums])[starts]
        return sums - np.repeat(before, counts)

    def _column_symbols(self, number: int, column: int, known: dict[int, Ints]) -> Ints:
        if column not in known:
            segment, symbols = self._segments[number]
            stream = len(self._header.groups) - 1 + column
            contexts = segment.contexts[stream]
            reference = segment.distributions[stream].reference - 2 if contexts is None else contexts.column
            other = None
            if reference is not None and reference >= 0:
                referred = self._column_symbols(number, reference, known)
                other = symbols[column].told_by(symbols[reference], referred)
            known[column] = self._symbols_of(number, stream, other)
        return known[column]

    def _values(self, number: int, column: int, known: dict[int, Ints], counts: dict[int, Ints]) -> NDArray:
        block, symbols = self._blocks[number], self._segments[number][1][column]
        phases = NO_PHASES
        if symbols.has_phases:
            phases = phases_of(block)
            for group in self._file._path_to(self._header.columns[column].group):
                phases = np.repeat(phases, counts[group])
        start = block.starts[len(self._header.groups) - 1 + column]
        own = self._column_symbols(number, column, known)
        if block.refined and column in self._header.refined:
            values = symbols.floats(self._refined(number, column, symbols.ordinals(own, phases, start), counts))
        else:
            values = symbols.values(own, phases, start)
        stated = block.statistics[column]
        found = extremes(values)
        if found != (None if stated.minimum is None else (stated.minimum, stated.maximum)):
            name = self._header.columns[column].name
            raise DamagedError(block.frame.offset, f"column {name!r} has other extreme values than the footer says")
        if stated.nans != (np.count_nonzero(np.isnan(values)) if values.dtype.kind == "f" else 0):
            name = self._header.columns[column].name
            raise DamagedError(block.frame.offset, f"column {name!r} has another number of NaNs than the footer says")
        return values

    def _refined(self, number: int, column: int, ordinals: Ints, counts: dict[int, Ints]) -> Ints:
        """Section 6.9: in refined events, the ordinals of the original values."""
        block = self._blocks[number]
        stream = self._header.refined_events
        gaps = self._alone(number, stream, block.refined)
        events = np.cumsum(gaps + 1) - 1
        if gaps.min() < 0 or gaps.max() >= block.entries[0] or events[-1] >= block.entries[0]:
            raise DamagedError(block.starts[stream], "refined events that the block does not have")
        is_refined = np.zeros(block.entries[0], dtype=bool)
        is_refined[events] = True
        for group in self._file._path_to(self._header.columns[column].group):
            is_refined = np.repeat(is_refined, counts[group])
        stream += 1 + self._header.refined.index(column)
        result = ordinals.copy()
        result[is_refined] += self._alone(number, stream, int(is_refined.sum()))
        if self._header.columns[column].type == FLOAT32 and len(result):
            if result.min() < -(1 << 31) or result.max() >= 1 << 31:
                raise DamagedError(block.starts[stream], "a refined value beyond all floats")
        return result

    def _alone(self, number: int, stream: int, values: int) -> Ints:
        """The symbols of a stream whose length other streams tell, so that it is decoded behind them."""
        if stream not in self._coded[number]:
            block, segment = self._blocks[number], self._segments[number][0]
            start, length = block.starts[stream], block.lengths[stream]
            if length and int(crc32c_of(self._file._data, [start], [length])[0]) != block.checks[stream]:
                raise DamagedError(start, "the check of a stream does not match")
            coded = entropy.CodedStream(start, length, values, segment.of_streams[stream])
            self._coded[number][stream] = entropy.decode(self._file._data, [coded])[0]
        return self._symbols_of(number, stream)


def _places(counts: Ints) -> Ints:
    """The places of entries in lists of so many."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def _joined(parts: list[NDArray], dtype: np.dtype) -> NDArray:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)


def _from_bits(bits: int, dtype: np.dtype) -> Any:
    if dtype.kind == "f":
        return np.array(bits, dtype=f"u{dtype.itemsize}").view(dtype)[()]
    return dtype.type(bits + (1 << 64) if dtype == np.uint64 and bits < 0 else bits)


def open(
    path: Union[str, os.PathLike[str]], models: Sequence[Union[str, os.PathLike[str]]] = ()
) -> JetfoldFile:
    """Opens a ``.jetf`` file. Header, footer and all frames are checked at once, streams when they are read.

    ``models`` are files of models that the file names and does not hold; those in its own folder are found anyway.
    """
    name = os.fspath(path)
    with Path(path).open("rb") as file:
        empty = os.fstat(file.fileno()).st_size == 0
        data: Union[bytes, mmap.mmap] = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return JetfoldFile(data, name, Path(path), models)


def from_bytes(data: Union[bytes, bytearray, memoryview], name: str = "the data") -> JetfoldFile:
    """The same for a file that is in memory."""
    return JetfoldFile(memoryview(data), name)
