"""CRC-32C of many pieces of a buffer at once.

A checksum goes byte by byte, which Python does slowly. Here the pieces are cut into chunks, and all chunks advance
side by side, two bytes a step. A checksum register is linear in what it has seen, so the chunks' registers are put
together with tables that say what a register becomes behind one more chunk.
"""

from __future__ import annotations

from typing import Sequence, Union

import numpy as np
from numpy.typing import NDArray

Buffer = Union[bytes, bytearray, memoryview, "NDArray[np.uint8]"]

_POLYNOMIAL = 0x82F63B78
_CHUNK = 256
# So many bytes are checked at a time: a bound of the memory that this takes.
_TOGETHER = 1 << 23


def _byte_table() -> NDArray[np.uint32]:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        odd = (table & np.uint32(1)).astype(bool)
        table = np.where(odd, (table >> np.uint32(1)) ^ np.uint32(_POLYNOMIAL), table >> np.uint32(1))
    return table.astype(np.uint32)


_BYTES = _byte_table()
_BYTE_LIST: list[int] = _BYTES.tolist()
_low = np.arange(65536, dtype=np.uint32)
_once = _BYTES[_low & np.uint32(255)] ^ (_low >> np.uint32(8))
# What two bytes make of a register that holds them in its low half, and of nothing else.
_PAIRS: NDArray[np.uint32] = _BYTES[_once & np.uint32(255)] ^ (_once >> np.uint32(8))


def _behind_zeros(registers: NDArray[np.uint32], count: int) -> NDArray[np.uint32]:
    for _ in range(count // 2):
        registers = _PAIRS[registers & np.uint32(0xFFFF)] ^ (registers >> np.uint32(16))
    return registers


# A register behind a chunk of zeros is the sum of what its two halves become.
_LOW_BEHIND_CHUNK: list[int] = _behind_zeros(_low, _CHUNK).tolist()
_HIGH_BEHIND_CHUNK: list[int] = _behind_zeros(_low << np.uint32(16), _CHUNK).tolist()


def crc32c(data: Buffer) -> int:
    """The CRC-32C of some bytes."""
    if len(data) > 4 * _CHUNK:
        return int(crc32c_of(data, [0], [len(data)])[0])
    register = 0xFFFFFFFF
    for byte in bytes(data):
        register = _BYTE_LIST[(register ^ byte) & 255] ^ (register >> 8)
    return register ^ 0xFFFFFFFF


def crc32c_of(data: Buffer, starts: Sequence[int], lengths: Sequence[int]) -> NDArray[np.uint32]:
    """The CRC-32C of each piece of a buffer: ``lengths[i]`` bytes from ``starts[i]`` on."""
    octets = np.frombuffer(data, dtype=np.uint8)
    result = np.zeros(len(starts), dtype=np.uint32)
    first = 0
    while first < len(starts):
        last, together = first, 0
        while last < len(starts) and (last == first or together + lengths[last] <= _TOGETHER):
            together += lengths[last]
            last += 1
        result[first:last] = _together(octets, starts[first:last], lengths[first:last])
        first = last
    return result


def _together(
    octets: NDArray[np.uint8], starts: Sequence[int], lengths: Sequence[int]
) -> NDArray[np.uint32]:
    """Zeros before the first byte do not change a register that is 0; so each piece gets whole chunks.

    The register starts as ones, which is the same as to invert the first four bytes.
    """
    chunks = np.array([max(1, -(-length // _CHUNK)) for length in lengths], dtype=np.int64)
    ends = np.cumsum(chunks)
    padded = np.zeros(int(ends[-1]) * _CHUNK, dtype=np.uint8)
    for start, length, end in zip(starts, lengths, (ends * _CHUNK).tolist()):
        piece = padded[end - length : end]
        piece[:] = octets[start : start + length]
        piece[:4] ^= 255
    columns = np.ascontiguousarray(padded.view("<u2").reshape(-1, _CHUNK // 2).T)
    registers = np.zeros(columns.shape[1], dtype=np.uint32)
    for pairs in columns:
        registers = _PAIRS[(registers & np.uint32(0xFFFF)) ^ pairs] ^ (registers >> np.uint32(16))
    joined = np.zeros(len(starts), dtype=np.uint32)
    of_chunks = registers.tolist()
    end = 0
    for i, count in enumerate(chunks.tolist()):
        register = 0
        for own in of_chunks[end : end + count]:
            register = _LOW_BEHIND_CHUNK[register & 0xFFFF] ^ _HIGH_BEHIND_CHUNK[register >> 16] ^ own
        joined[i] = register
        end += count
    result = joined ^ np.uint32(0xFFFFFFFF)
    for i, length in enumerate(lengths):
        if length < 4:
            result[i] = crc32c(octets[starts[i] : starts[i] + length].tobytes())
    return result
