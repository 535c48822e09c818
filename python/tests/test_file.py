"""What a program does with a file, on files that the format's tests keep."""

import importlib.util
import os
import unittest
from unittest import mock

import numpy as np

import jetfold
from tests import golden


def opened(name):
    return jetfold.open(golden.FOLDER / f"good/{name}.jetf")


class FileTest(unittest.TestCase):
    def test_a_file_is_a_mapping_of_arrays(self):
        with opened("written-three-jets") as file:
            self.assertEqual(list(file.keys()), list(file.columns))
            self.assertEqual(len(file), len(file.columns))
            for key, array in file.items():
                self.assertEqual(array.dtype, file.columns[key].dtype)
            with self.assertRaises(KeyError):
                file["no such column"]

    def test_a_range_of_events_is_cut_from_the_whole(self):
        for name in ("written-many-blocks", "written-dithered-many-blocks", "written-nested-lists-dithered-rel"):
            with opened(name) as file:
                whole = file.arrays()
                offsets = {collection: file.offsets(collection) for collection in file.collections}
                for start, stop in ((0, 0), (0, 1), (3, 17), (5, None), (-4, -1), (7, 3), (0, 10**9)):
                    with self.subTest(name=name, start=start, stop=stop):
                        self._check_range(file, whole, offsets, start, stop)

    def _check_range(self, file, whole, offsets, start, stop):
        first, last, _ = slice(start, stop).indices(file.entries)
        last = max(first, last)
        rows = {None: (first, last)}
        for collection, all_offsets in offsets.items():
            parent, _, _ = collection.rpartition("/")
            low, high = rows[parent or None]
            np.testing.assert_array_equal(
                file.offsets(collection, first, last), all_offsets[low : high + 1] - all_offsets[low]
            )
            rows[collection] = (all_offsets[low], all_offsets[high])
        for key, array in file.arrays(None, start, stop).items():
            low, high = rows[file.columns[key].collection or None]
            np.testing.assert_array_equal(array.view(np.uint8), whole[key][low:high].view(np.uint8))

    def test_columns_say_what_was_lost(self):
        with opened("written-jets-rel") as file:
            lossy = [column for column in file.columns.values() if column.precision.startswith("rel:")]
            self.assertTrue(lossy)
            for column in lossy:
                self.assertLessEqual(column.largest_error, float(column.precision[4:]))
                finite = file[column.key][~np.isnan(file[column.key])]
                self.assertEqual((column.minimum, column.maximum), (finite.min(), finite.max()))
        with opened("written-jets-dithered-abs") as file:
            self.assertTrue(any(column.precision.endswith(":dither") for column in file.columns.values()))
        with opened("written-jets-exact") as file:
            self.assertTrue(all(column.largest_error is None for column in file.columns.values()))

    def test_an_empty_table_has_empty_arrays(self):
        with opened("written-empty-table") as file:
            self.assertEqual(file.entries, 0)
            self.assertTrue(all(len(array) == 0 for array in file.values()))

    def test_what_is_not_there_is_named(self):
        with opened("written-nested-lists") as file:
            with self.assertRaisesRegex(jetfold.JetfoldError, "no column 'pt_of_nothing'; it has "):
                file.arrays(["pt_of_nothing"])
            with self.assertRaisesRegex(jetfold.JetfoldError, "no collection None; it has "):
                file.offsets()

    def test_a_newer_format_is_refused_in_one_line(self):
        data = bytearray((golden.FOLDER / "good/written-one-row.jetf").read_bytes())
        data[8] = 2
        with self.assertRaisesRegex(jetfold.UnsupportedError, "version 2.0 of the format.*upgrade"):
            jetfold.from_bytes(data)

    def test_a_learned_model_without_the_command_is_a_clear_error(self):
        with opened("written-learned-jets") as file, mock.patch.dict(os.environ, {"PATH": ""}):
            static = [key for key, column in file.columns.items() if not column.learned]
            file.arrays(static)
            with self.assertRaisesRegex(jetfold.CommandError, "which a model codes.*install Jetfold"):
                file.arrays()

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "pandas is not installed")
    def test_pandas_frames_have_the_numbers_of_events(self):
        with opened("written-nested-lists") as file:
            for collection in file.collections:
                frame = file.to_pandas(collection, 2, 30)
                keys = [key for key, column in file.columns.items() if column.collection == collection]
                self.assertEqual(list(frame.columns), keys)
                self.assertEqual(frame.index.nlevels, 2 + collection.count("/"))
                self.assertEqual(len(frame), int(file.offsets(collection, 2, 30)[-1]))
            outer = file.collections[0]
            counts = np.diff(file.offsets(outer))
            by_event = file.to_pandas(outer).groupby(level="entry").size()
            np.testing.assert_array_equal(by_event.to_numpy(), counts[counts > 0])

    @unittest.skipUnless(importlib.util.find_spec("awkward"), "awkward is not installed")
    def test_awkward_events_have_their_lists(self):
        import awkward

        with opened("written-nested-lists") as file:
            events = file.events()
            self.assertEqual(len(events), file.entries)
            for key, array in file.items():
                np.testing.assert_array_equal(awkward.to_numpy(awkward.flatten(events[key], axis=None)), array)


if __name__ == "__main__":
    unittest.main()
