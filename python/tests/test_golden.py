"""Every file that the format's tests keep is read, or refused, as it was when it was made."""

import os
import shutil
import unittest
from unittest import mock

import jetfold
from tests import golden

HAS_COMMAND = shutil.which("jetfold") is not None

# Files with a learned model are handed to the command, which has tests of its own, and each starts a JVM.
ONE_LEARNED_IN = 4


class GoldenFilesTest(unittest.TestCase):
    def test_good_files_hold_what_they_held(self):
        files = golden.good()
        self.assertGreater(len(files), 50)
        learned = 0
        for path in files:
            with self.subTest(path.stem), jetfold.open(path) as file:
                if any(column.learned for column in file.columns.values()):
                    if not HAS_COMMAND:
                        self.skipTest("learned models need the command 'jetfold'")
                    learned += 1
                    if learned % ONE_LEARNED_IN != 1:
                        continue
                file.verify()
                self.assertEqual(golden.content(file), path.with_suffix(".txt").read_text(encoding="utf-8"))

    def test_bad_files_are_refused(self):
        files = golden.bad()
        self.assertGreater(len(files), 100)
        for path, kind in files:
            with self.subTest(path.stem), mock.patch.dict(os.environ, {"PATH": ""}):
                error = refusal(path)
                # What is in a model only the command knows, so of these files another thing may be noticed first.
                kinds = {"damaged": jetfold.DamagedError, "unsupported": jetfold.UnsupportedError}
                expected = jetfold.JetfoldError if "model" in path.stem else kinds[kind]
                self.assertIsInstance(error, expected, str(error))
                self.assertNotIn("\n", str(error))
                self.assertIn(path.name, str(error))

    def test_every_cut_file_is_refused(self):
        whole = (golden.FOLDER / "good/written-nested-lists-dithered.jetf").read_bytes()
        for length in range(len(whole)):
            with self.assertRaises((jetfold.DamagedError, jetfold.UnsupportedError)):
                jetfold.from_bytes(whole[:length]).verify()

    def test_every_flipped_bit_is_seen(self):
        whole = (golden.FOLDER / "good/written-three-jets.jetf").read_bytes()
        jetfold.from_bytes(whole).verify()
        for bit in range(8 * len(whole)):
            flipped = bytearray(whole)
            flipped[bit // 8] ^= 1 << bit % 8
            with self.assertRaises((jetfold.DamagedError, jetfold.UnsupportedError)):
                jetfold.from_bytes(flipped).verify()


def refusal(path):
    """The error with which a file is refused, or None."""
    try:
        with jetfold.open(path) as file:
            file.verify()
    except jetfold.JetfoldError as error:
        return error
    return None


if __name__ == "__main__":
    unittest.main()
