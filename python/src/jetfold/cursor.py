"""The field types of section 1 of the format."""

from __future__ import annotations

import struct

from .errors import DamagedError

_MASK = (1 << 64) - 1


def to_signed(number: int) -> int:
    """An unsigned 64-bit integer's bits as a signed one."""
    number &= _MASK
    return number - (1 << 64) if number >> 63 else number


def from_zigzag(number: int) -> int:
    """The signed integer that zigzag makes this number of."""
    return (number >> 1) ^ -(number & 1)


class Cursor:
    """Reads fields one after the other, and never beyond the end of its range.

    Offsets in errors are those in the whole file.
    """

    def __init__(self, data: memoryview, start: int, end: int):
        self.data = data
        self.at = start
        self.end = end

    def _take(self, count: int) -> int:
        start = self.at
        if count > self.end - start:
            raise DamagedError(start, f"{count:,} bytes were expected, {self.end - start:,} are left")
        self.at += count
        return start

    def take(self, count: int) -> bytes:
        start = self._take(count)
        return bytes(self.data[start : start + count])

    def u8(self) -> int:
        return int(self.data[self._take(1)])

    def u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def u64(self) -> int:
        return int.from_bytes(self.take(8), "little")

    def f32(self) -> float:
        return float(struct.unpack("<f", self.take(4))[0])

    def f64(self) -> float:
        return float(struct.unpack("<d", self.take(8))[0])

    def varint(self) -> int:
        start = self.at
        number = 0
        for shift in range(0, 70, 7):
            byte = self.u8()
            number |= (byte & 127) << shift
            if byte < 128:
                if (byte == 0 and shift > 0) or number >> 64:
                    break
                return number
        raise DamagedError(start, "a number that is not written as the format has it")

    def zigzag(self) -> int:
        return from_zigzag(self.varint())

    def count(self, most: int, what: str) -> int:
        start = self.at
        number = self.varint()
        if number > most:
            raise DamagedError(start, f"{number:,} {what}, {most:,} are allowed")
        return number

    def string(self) -> str:
        length = self.varint()
        start = self.at
        text = self.take(length)
        try:
            return text.decode("utf-8")
        except UnicodeDecodeError:
            raise DamagedError(start, "text that is not UTF-8") from None

    def finish(self, what: str) -> None:
        if self.at != self.end:
            raise DamagedError(self.at, f"{self.end - self.at:,} bytes too many in {what}")
