"""What this package reads is what the command ``jetfold`` restores, and the codec of arrays."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import numpy as np

import jetfold
from tests import golden

SETTINGS = ("exact", "abs:0.001", "rel:0.01:dither", "rel:1e-5")


@unittest.skipUnless(shutil.which("jetfold"), "the command 'jetfold' is not on the PATH")
class CommandTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def _run(self, *arguments):
        subprocess.run(["jetfold", *map(str, arguments), "-q", "-f"], check=True)

    def _check(self, table, precision):
        compressed, back = self.folder / "t.jetf", self.folder / "t.npz"
        self._run("compress", table, "--precision", precision, "-o", compressed)
        self._run("decompress", compressed, "-o", back)
        with jetfold.open(compressed) as file, np.load(back) as arrays:
            for key, array in file.arrays().items():
                self.assertEqual(array.dtype, arrays[key].dtype)
                self.assertEqual(array.tobytes(), arrays[key].tobytes(), key)
            if file.collections:
                np.testing.assert_array_equal(file.offsets(), arrays["offsets"])

    def test_the_sample_is_read_as_the_command_restores_it(self):
        for precision in SETTINGS:
            with self.subTest(precision):
                marked = "is_int" in np.load(golden.SAMPLE)
                self._check(golden.SAMPLE, f"*={precision}" if not marked else f"jets,pt={precision}")

    def test_the_shared_tables_are_read_as_the_command_restores_them(self):
        tables = sorted((golden.SHARED / "data/real").glob("*.npz"))
        if not tables:
            self.skipTest("the folder 'shared' is not beside the checkout")
        for number, table in enumerate(tables):
            # A start of Java takes a while, so not each with all.
            precision = ("jets,*=bits:10", "*=exact", "*=rel:0.01:dither")[number % 3]
            with self.subTest(table.name, precision=precision):
                self._check(table, precision)

    def test_the_codec_keeps_its_bound(self):
        values = np.random.default_rng(3).normal(0, 100, 5000).astype(np.float32)
        codec = jetfold.JetfoldCodec("abs:0.01")
        back = jetfold.JetfoldCodec.from_config(codec.get_config()).decode(codec.encode(values))
        self.assertEqual(back.dtype, np.float32)
        self.assertLessEqual(np.abs(back.astype(np.float64) - values).max(), 0.01)
        out = np.empty((50, 100), dtype=np.float32)
        codec.decode(codec.encode(values.reshape(50, 100)), out)
        np.testing.assert_array_equal(out.reshape(-1), back)
        self.assertEqual(codec.decode(codec.encode(values[:0])).size, 0)

    def test_what_the_command_refuses_is_said_in_one_line(self):
        with self.assertRaisesRegex(jetfold.CommandError, "^to compress with rel:2: [^\n]+$"):
            jetfold.JetfoldCodec("rel:2").encode(np.ones(3, dtype=np.float32))


if __name__ == "__main__":
    unittest.main()
