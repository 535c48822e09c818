"""Frames, and the fields of header, blocks and footer: sections 3 to 5, 8 and 10 of the format."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Iterator, Optional

import numpy as np
from numpy.typing import NDArray

from .checksums import crc32c
from .cursor import Cursor
from .errors import DamagedError, UnsupportedError

_MAGIC = bytes.fromhex("8A4A4554460D0A1A")
_MARKER = bytes.fromhex("F76A660A")
_END = bytes.fromhex("1A465445")
_FRAME = 21
_TRAILER = 16
_LATENTS, _DITHER, _GUARANTEES, _EARLIER = 1, 2, 4, 8
_MAX_VALUES = 1 << 24
_INT31 = (1 << 31) - 1

EXACT, BITS, REL, ABS, MEASURED, REL_DITHERED, ABS_DITHERED = range(7)
SCALED, REL_SNAPPED, ABS_SNAPPED, STEP = 8, 9, 10, 11
BOOL, INT64, UINT64, FLOAT32, FLOAT64 = 1, 5, 9, 10, 11
DTYPES: dict[int, np.dtype] = {
    number + 1: np.dtype(name)
    for number, name in enumerate("bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64".split())
}


@dataclass(frozen=True)
class Precision:
    """What a column may lose: the kind is one of section 4's, the bound its setting.

    Snapped ones have the kind without, and scaled ones the name of the column that the bound is a share of. A step is
    so many units of ten to the power of minus the digits.
    """

    kind: int
    bound: float = 0
    is_snapped: bool = False
    column: str = ""
    units: int = 0
    digits: int = 0

    @property
    def is_dithered(self) -> bool:
        return self.kind in (REL_DITHERED, ABS_DITHERED)

    def __str__(self) -> str:
        if self.kind == SCALED:
            return f"abs:{self.bound!r}*{self.column}".replace(".0e", "e")
        if self.kind == STEP:
            step = Decimal(self.units).scaleb(-self.digits)
            return f"step:{float(step)!r}".removesuffix(".0").replace(".0e", "e")
        name = ["exact", "bits", "rel", "abs", "measured", "rel", "abs"][self.kind]
        number = str(int(self.bound)) if self.kind == BITS else repr(self.bound)
        setting = "" if self.kind in (EXACT, MEASURED) else ":" + number.replace(".0e", "e")
        return name + setting + (":dither" if self.is_dithered else "") + (":snap" if self.is_snapped else "")


@dataclass(frozen=True)
class ColumnFields:
    """A column of the header."""

    name: str
    type: int
    integral: bool
    marks_events: bool
    unit: str
    precision: Precision
    coding: int
    group: int

    @property
    def is_float(self) -> bool:
        return self.type in (FLOAT32, FLOAT64)

    @property
    def has_scale(self) -> bool:
        """Whether a segment says something of its values: spikes, or whether it is dithered."""
        return self.is_float and self.precision.kind not in (EXACT, MEASURED, SCALED)

    @property
    def may_have_decimals(self) -> bool:
        """Whether a segment says how many decimal digits the values have: section 6.13."""
        return self.is_float and self.precision.kind == EXACT and self.coding == 0


@dataclass(frozen=True)
class GroupFields:
    """A group of the header; the root's parent is −1."""

    name: str
    parent: int


@dataclass(frozen=True)
class ModelFields:
    """A model of the header."""

    kind: int
    hash: bytes
    embedded: bool
    latents: int
    latent_precision: Precision


@dataclass(frozen=True)
class Guarantee:
    """A bound on a quantity that is computed from columns."""

    quantity: str
    expression: str
    bound: Precision


@dataclass
class Header:
    """What the header says. Groups and columns are numbered as in section 2."""

    has_dither: bool
    producer: str
    models: list[ModelFields]
    guarantees: list[Guarantee] = field(default_factory=list)
    refined: list[int] = field(default_factory=list)
    earlier: list[tuple[float, float]] = field(default_factory=list)
    groups: list[GroupFields] = field(default_factory=list)
    columns: list[ColumnFields] = field(default_factory=list)

    def streams(self) -> Iterator[tuple[int, Optional[ColumnFields]]]:
        """The group and, where it codes one, the column of each stream. A group's counts are its parent's.

        Streams of refined events, whose lengths no group has, have group −1.
        """
        for group in self.groups[1:]:
            yield group.parent, None
        for column in self.columns:
            yield column.group, column
        for number, model in enumerate(self.models):
            coded = [column.group for column in self.columns if column.coding == number + 1]
            for _ in range(model.latents):
                yield coded[0] if coded else 0, None
        for _ in range(1 + len(self.refined) if self.guarantees else 0):
            yield -1, None

    @property
    def refined_events(self) -> int:
        """The stream of refined events; those of the refined columns follow."""
        return len(self.groups) - 1 + len(self.columns) + sum(model.latents for model in self.models)


@dataclass(frozen=True)
class Frame:
    """A frame whose check is right."""

    kind: str
    ordinal: int
    offset: int
    head: int
    body: int
    end: int
    check: int


@dataclass(frozen=True)
class Statistics:
    """What the footer says of a column in a block. Bounds are bit patterns, as are integers."""

    nans: int
    minimum: Optional[int]
    maximum: Optional[int]
    error: Optional[float]
    relative_error: Optional[float]
    exceptions: int


@dataclass
class Block:
    """A block's head, and where its streams lie."""

    frame: Frame
    distributions: Frame
    first: int
    entries: list[int]
    seed: int
    ordinal: int
    jumps: list[tuple[int, int]]
    refined: int
    starts: list[int]
    lengths: list[int]
    checks: list[int]
    statistics: list[Statistics] = field(default_factory=list)


class Container:
    """A file's parts. To make one reads and checks all of them but distributions and streams."""

    def __init__(self, data: memoryview):
        self.data = data
        self._check_magic()
        self.header_frame = self._frame(10, 0, crc_salt=bytes(data[:10]))
        if self.header_frame.kind != "H" or self.header_frame.body != self.header_frame.end:
            raise DamagedError(10, "a header was expected")
        self._salt = self.header_frame.check.to_bytes(4, "little")
        self.header = _header(Cursor(data, self.header_frame.head, self.header_frame.body))
        self.segments: list[Frame] = []
        self.blocks: list[Block] = []
        footer, before, sections = self._frames()
        self._footer(footer, before, sections)

    def _check_magic(self) -> None:
        start = bytes(self.data[:8])
        if not start:
            raise UnsupportedError("is empty, not a .jetf file")
        if start != _MAGIC[: len(start)]:
            raise UnsupportedError("is not a .jetf file")
        if len(self.data) < 10:
            raise DamagedError(len(self.data), "the file ends in its first ten bytes")
        if self.data[8] != 1:
            raise UnsupportedError(
                f"has version {self.data[8]}.{self.data[9]} of the format; this package reads version 1: upgrade it"
            )

    def _frame(self, offset: int, ordinal: int, crc_salt: bytes) -> Frame:
        cursor = Cursor(self.data, offset, len(self.data))
        if cursor.take(4) != _MARKER:
            raise DamagedError(offset, "a frame was expected")
        kind = cursor.u8()
        number, head, body = cursor.u32(), cursor.u32(), cursor.u32()
        fields = bytes(self.data[offset : offset + 17])
        check = cursor.u32()
        if head > _INT31 or body > _INT31 or head > len(self.data) - cursor.at:
            raise DamagedError(offset, "a frame that is longer than the file")
        if crc32c(crc_salt + fields + bytes(self.data[cursor.at : cursor.at + head])) != check:
            raise DamagedError(offset, "the check of a frame does not match")
        if number != ordinal:
            raise DamagedError(offset, f"frame {number} stands where frame {ordinal} belongs")
        if body > len(self.data) - cursor.at - head:
            raise DamagedError(len(self.data), "the file ends in a frame")
        end = cursor.at + head + body
        return Frame(chr(kind), number, offset, cursor.at, cursor.at + head, end, check)

    def _frames(self) -> tuple[Frame, int, list[Frame]]:
        """All frames behind the header: returns the footer, where the frame before sections is, and sections."""
        frame, ordinal = self.header_frame, 1
        embedded = [number for number, model in enumerate(self.header.models) if model.embedded]
        sections: list[Frame] = []
        before = frame.offset
        has_optional = False
        entries = 0
        while True:
            frame = self._frame(frame.end, ordinal, self._salt)
            kind = frame.kind
            if "a" <= kind <= "z":
                has_optional = True
                continue
            ordinal += 1
            if embedded:
                self._model(frame, embedded.pop(0))
                before = frame.offset
            elif kind == "T" and not has_optional:
                if frame.body != frame.end:
                    raise DamagedError(frame.offset, "distributions with a body")
                self.segments.append(frame)
                sections.append(frame)
            elif kind == "B" and not has_optional and self.segments:
                block = self._block(frame, entries)
                entries += block.entries[0]
                if entries > (1 << 63) - 1:
                    raise DamagedError(frame.offset, "too many entries")
                self.blocks.append(block)
                sections.append(frame)
            elif kind == "F":
                return frame, before, sections
            else:
                raise DamagedError(frame.offset, f"a frame of kind {kind!r} does not belong here")

    def _model(self, frame: Frame, number: int) -> None:
        if frame.kind != "M":
            raise DamagedError(frame.offset, "the header promises a model here")
        cursor = Cursor(self.data, frame.head, frame.body)
        start = cursor.at
        if cursor.varint() != number:
            raise DamagedError(start, f"model {number} was expected")
        cursor.finish("a model's head")
        if hashlib.sha256(self.data[frame.body : frame.end]).digest() != self.header.models[number].hash:
            raise DamagedError(frame.body, "a model is not the one that the header names")

    def _block(self, frame: Frame, first: int) -> Block:
        cursor = Cursor(self.data, frame.head, frame.body)
        back = cursor.varint()
        distributions = self.segments[-1]
        if back != frame.ordinal - distributions.ordinal:
            raise DamagedError(frame.offset, "a block that names other distributions than the last ones")
        if cursor.varint() != first:
            raise DamagedError(frame.offset, f"a block that does not begin at entry {first:,}")
        seed = ordinal = 0
        if self.header.has_dither:
            seed, ordinal = cursor.varint(), cursor.varint()
        start = cursor.at
        entries = [cursor.count(_INT31, "entries")]
        if entries[0] == 0:
            raise DamagedError(start, "a block without entries")
        entries += [cursor.count(_INT31, "entries") for _ in self.header.groups[1:]]
        values = sum(entries[group] for group, _ in self.header.streams() if group >= 0)
        if values > _MAX_VALUES:
            raise DamagedError(cursor.at, f"a block with {values:,} values, {_MAX_VALUES:,} are allowed")
        jumps = self._jumps(cursor, entries[0]) if self.header.has_dither else []
        refined = cursor.count(entries[0], "refined events") if self.header.guarantees else 0
        starts, lengths, checks = [], [], []
        at = frame.body
        for _ in self.header.streams():
            field_start = cursor.at
            length = cursor.varint()
            if length > frame.end - at:
                raise DamagedError(field_start, "streams that are longer than their block")
            starts.append(at)
            lengths.append(length)
            checks.append(cursor.u32() if length else 0)
            at += length
        cursor.finish("a block's head")
        if at != frame.end:
            raise DamagedError(cursor.at, "a block that is longer than its streams")
        return Block(frame, distributions, first, entries, seed, ordinal, jumps, refined, starts, lengths, checks)

    def _jumps(self, cursor: Cursor, events: int) -> list[tuple[int, int]]:
        """Events whose ordinal does not follow, and by how much more than 1 it differs."""
        start = cursor.at
        jumps: list[tuple[int, int]] = []
        at = 0
        for _ in range(cursor.count(events, "jumps")):
            at += cursor.varint()
            jump = cursor.zigzag()
            if at >= events or jump == 0 or (jumps and jumps[-1][0] == at) or at == 0:
                raise DamagedError(start, "jumps of ordinals that cannot be")
            jumps.append((at, jump))
        return jumps

    def _footer(self, frame: Frame, before: int, sections: list[Frame]) -> None:
        if frame.body != frame.end:
            raise DamagedError(frame.offset, "a footer with a body")
        self._trailer(frame)
        cursor = Cursor(self.data, frame.head, frame.body)
        start = cursor.at
        if cursor.varint() != len(sections):
            raise DamagedError(start, f"the footer does not list {len(sections):,} sections")
        blocks = iter(self.blocks)
        for section in sections:
            start = cursor.at
            listed = (chr(cursor.u8()), cursor.varint(), cursor.u32())
            if listed != (section.kind, section.offset - before, section.check):
                raise DamagedError(start, "the footer lists another section than the file has")
            before = section.offset
            if section.kind == "B":
                block = next(blocks)
                if [cursor.varint() for _ in block.entries] != block.entries:
                    raise DamagedError(start, "the footer states other entries than the block")
                block.statistics = [_statistics(cursor, column) for column in self.header.columns]
        for group in range(len(self.header.groups)):
            start = cursor.at
            if cursor.varint() != sum(block.entries[group] for block in self.blocks):
                raise DamagedError(start, "the footer states another number of entries")
        cursor.finish("the footer")

    def _trailer(self, footer: Frame) -> None:
        cursor = Cursor(self.data, footer.end, len(self.data))
        offset = self.data[footer.end : footer.end + 8]
        at, check, end = cursor.u64(), cursor.u32(), cursor.take(4)
        if end != _END or check != crc32c(self._salt + bytes(offset)) or at != footer.offset:
            raise DamagedError(footer.end, "a trailer that does not belong to this file")
        cursor.finish("the file, behind its trailer")


def _header(cursor: Cursor) -> Header:
    start = cursor.at
    required = cursor.varint()
    if required & ~(_LATENTS | _DITHER | _GUARANTEES | _EARLIER):
        raise UnsupportedError("has features that this package does not know: upgrade it")
    cursor.varint()
    header = Header(bool(required & _DITHER), cursor.string(), [])
    models = cursor.at
    for _ in range(cursor.varint()):
        header.models.append(_model_fields(cursor, bool(required & _LATENTS)))
    root = cursor.at
    if _group(cursor, header, -1, 0) != "":
        raise DamagedError(root, "a root group with a name")
    if required & _GUARANTEES:
        _guarantees(cursor, header)
    if required & _EARLIER:
        _earlier_losses(cursor, header)
    cursor.finish("the header")
    if any(column.coding > len(header.models) for column in header.columns):
        raise DamagedError(models, "a column with a model that the header does not have")
    if any(column.precision.is_dithered for column in header.columns) != header.has_dither:
        raise DamagedError(start, "the header's features and its columns disagree about dither")
    return header


def _model_fields(cursor: Cursor, has_latents: bool) -> ModelFields:
    kind, digest = cursor.u8(), cursor.take(32)
    start = cursor.at
    embedded = cursor.u8()
    if embedded > 1:
        raise DamagedError(start, "a model that is neither embedded nor not")
    latents, precision = 0, Precision(EXACT)
    if kind == 2 and has_latents:
        start = cursor.at
        latents = cursor.varint()
        if not 1 <= latents <= 1024:
            raise DamagedError(start, f"{latents:,} latents, 1 to 1,024 are allowed")
        precision = _precision(cursor, FLOAT32)
        if precision.kind > ABS:
            raise DamagedError(start, "latents with a precision that they cannot have")
    return ModelFields(kind, digest, embedded == 1, latents, precision)


def _group(cursor: Cursor, header: Header, parent: int, depth: int) -> str:
    start = cursor.at
    name = cursor.string()
    if depth > 16:
        raise DamagedError(start, "lists that are more than 16 deep")
    if depth and not name:
        raise DamagedError(start, "a list without a name")
    number = len(header.groups)
    header.groups.append(GroupFields(name, parent))
    names: set[str] = set()
    for _ in range(cursor.varint()):
        start = cursor.at
        column = _column(cursor, number)
        if column.name in names or not column.name:
            raise DamagedError(start, f"a column named {column.name!r} for the second time or without a name")
        names.add(column.name)
        header.columns.append(column)
    _check_bounds([column for column in header.columns if column.group == number], cursor.at)
    lists: set[str] = set()
    for _ in range(cursor.varint()):
        start = cursor.at
        below = _group(cursor, header, number, depth + 1)
        if below in lists:
            raise DamagedError(start, f"a second list named {below!r}")
        lists.add(below)
    return name


def _column(cursor: Cursor, group: int) -> ColumnFields:
    name = cursor.string()
    start = cursor.at
    kind = cursor.u8()
    if kind not in DTYPES:
        raise DamagedError(start, f"type {kind} of column {name!r} does not exist")
    start = cursor.at
    flags = cursor.u8()
    is_float = kind in (FLOAT32, FLOAT64)
    if flags > 3 or (flags & 1 and not is_float):
        raise DamagedError(start, f"flags of column {name!r} that it cannot have")
    unit = cursor.string()
    start = cursor.at
    precision = _precision(cursor, kind)
    allowed = (EXACT, MEASURED) if flags & 1 else (*range(7), SCALED, STEP) if is_float else (EXACT,)
    if precision.kind not in allowed:
        raise DamagedError(start, f"a precision that column {name!r} cannot have")
    coding = cursor.varint()
    if precision.kind == SCALED and coding != 0:
        raise DamagedError(start, f"column {name!r} has a bound from another column, and a model")
    if precision.kind == MEASURED and coding == 0:
        raise DamagedError(start, f"column {name!r} is measured and has no model")
    return ColumnFields(name, kind, bool(flags & 1), bool(flags & 2), unit, precision, coding, group)


def _precision(cursor: Cursor, kind: int) -> Precision:
    start = cursor.at
    code = cursor.u8()
    if code in (EXACT, MEASURED):
        return Precision(code)
    if code == BITS:
        bits = cursor.u8()
        if not 1 <= bits <= (23 if kind == FLOAT32 else 52):
            raise DamagedError(start, f"bits:{bits} is not a precision")
        return Precision(code, bits)
    if code == STEP:
        return _step(cursor, start)
    snapped = {REL_SNAPPED: REL_DITHERED, ABS_SNAPPED: ABS_DITHERED}
    is_snapped = code in snapped
    code = snapped.get(code, code)
    if code > ABS_DITHERED and code != SCALED:
        raise DamagedError(start, f"precision {code} does not exist")
    bound = cursor.f64()
    is_relative = code in (REL, REL_DITHERED)
    most_allowed = 0.25 if code == REL_DITHERED else 1
    fits = bound < 1 and bound <= most_allowed if is_relative else math.isfinite(bound)
    if not (bound > 0 and fits):
        raise DamagedError(start, f"a bound of {bound} is not a precision")
    return Precision(code, bound, is_snapped, cursor.string() if code == SCALED else "")


def _step(cursor: Cursor, start: int) -> Precision:
    units, digits = cursor.varint(), cursor.zigzag()
    right = 1 <= units <= 999_999 and units % 10 != 0 and -15 <= digits <= 20
    if not right or not Decimal("1e-15") <= Decimal(units).scaleb(-digits) <= Decimal("1e15"):
        raise DamagedError(start, "a step that no column can have")
    return Precision(STEP, units=units, digits=digits)


def _check_bounds(columns: list[ColumnFields], at: int) -> None:
    """A scaled column's bound is a share of another float column of the group: section 6.10."""
    for column in columns:
        others = [other for other in columns if other.name == column.precision.column and other.is_float]
        if column.precision.kind == SCALED and not any(
            other.precision.kind not in (SCALED, MEASURED) for other in others
        ):
            raise DamagedError(at, f"column {column.name!r} has a bound from a column that cannot be one")


def _guarantees(cursor: Cursor, header: Header) -> None:
    cursor.string()
    start = cursor.at
    count = cursor.varint()
    for _ in range(count):
        name, expression = cursor.string(), cursor.string()
        bound = _precision(cursor, FLOAT64)
        if not name or bound.kind not in (REL, ABS) or name in [each.quantity for each in header.guarantees]:
            raise DamagedError(start, "guarantees that cannot be")
        header.guarantees.append(Guarantee(name, expression, bound))
    if count == 0:
        raise DamagedError(start, "a header that promises guarantees and has none")
    for _ in range(cursor.varint()):
        start = cursor.at
        number = cursor.varint()
        follows = number > header.refined[-1] if header.refined else True
        if not follows or number >= len(header.columns) or not header.columns[number].is_float:
            raise DamagedError(start, "a refined column that cannot be")
        if header.columns[number].precision.kind == EXACT:
            raise DamagedError(start, "a refined column that is exact anyway")
        header.refined.append(number)


def _earlier_losses(cursor: Cursor, header: Header) -> None:
    start = cursor.at
    header.earlier = [(cursor.f64(), cursor.f64()) for _ in header.columns]
    if not all(loss >= 0 for losses in header.earlier for loss in losses) or not any(map(any, header.earlier)):
        raise DamagedError(start, "earlier losses that cannot be")


def _statistics(cursor: Cursor, column: ColumnFields) -> Statistics:
    start = cursor.at
    flags = cursor.u8()
    lossy = column.precision.kind != EXACT
    nans = cursor.varint() if flags & 4 else 0
    if flags > 7 or bool(flags & 2) != lossy or (flags & 4 and nans == 0):
        raise DamagedError(start, f"statistics that column {column.name!r} cannot have")
    minimum = maximum = None
    if flags & 1:
        read = {FLOAT32: cursor.u32, FLOAT64: cursor.u64}.get(column.type, cursor.zigzag)
        minimum, maximum = read(), read()
    error = relative = None
    exceptions = 0
    if lossy:
        start = cursor.at
        error = cursor.f64()
        if column.precision.kind == MEASURED:
            relative, exceptions = cursor.f64(), cursor.varint()
        if not error >= 0 or (relative is not None and not relative >= 0):
            raise DamagedError(start, f"an error of column {column.name!r} that is negative or no number")
    return Statistics(nans, minimum, maximum, error, relative, exceptions)


def block_sizes(block: Block, header: Header) -> NDArray[np.int64]:
    """The number of values of each stream, but 0 for those of refined events."""
    return np.array([block.entries[group] if group >= 0 else 0 for group, _ in header.streams()], dtype=np.int64)
