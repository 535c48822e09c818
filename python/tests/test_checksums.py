"""CRC-32C against its known values, and many at once against one by one."""

import unittest

import numpy as np

from jetfold.checksums import crc32c, crc32c_of


class ChecksumsTest(unittest.TestCase):
    def test_known_values(self):
        # From RFC 3720, B.4.
        self.assertEqual(crc32c(bytes(32)), 0x8A9136AA)
        self.assertEqual(crc32c(b"\xff" * 32), 0x62A8AB43)
        self.assertEqual(crc32c(bytes(range(32))), 0x46DD794E)
        self.assertEqual(crc32c(b"123456789"), 0xE3069283)

    def test_pieces_of_any_length(self):
        data = np.random.default_rng(1).integers(0, 256, 20_000, dtype=np.uint8).tobytes()
        starts = list(range(0, 3000, 7))
        lengths = [(start * 37) % 1500 for start in starts]
        slow = [crc32c(b"") if not n else _slow(data[s : s + n]) for s, n in zip(starts, lengths)]
        self.assertEqual(crc32c_of(data, starts, lengths).tolist(), slow)
        self.assertEqual(crc32c(data), _slow(data))


def _slow(data):
    register = 0xFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0x82F63B78 if register & 1 else 0)
    return register ^ 0xFFFFFFFF


if __name__ == "__main__":
    unittest.main()
