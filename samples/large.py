"""Writes a table many times over into one NPZ file, each time a little different: for trying Jetfold on large files.

    python3 large.py jets.npz COPIES large.npz
"""

import io
import sys
import zipfile

import numpy as np


def header(descr, shape):
    out = io.BytesIO()
    np.lib.format.write_array_header_1_0(out, {"descr": descr, "fortran_order": False, "shape": shape})
    return out.getvalue()


def main(source, copies, target):
    with np.load(source) as arrays:
        jets, columns, offsets = arrays["jets"], arrays["columns"], arrays["offsets"]
    rows, width = jets.shape
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        with archive.open("jets.npy", "w", force_zip64=True) as out:
            out.write(header("<f4", (rows * copies, width)))
            for copy in range(copies):
                out.write((jets * np.float32(1 + 1e-4 * copy)).tobytes())
        with archive.open("columns.npy", "w") as out:
            text = io.BytesIO()
            np.save(text, columns)
            out.write(text.getvalue())
        with archive.open("offsets.npy", "w", force_zip64=True) as out:
            out.write(header("<i8", ((len(offsets) - 1) * copies + 1,)))
            out.write(offsets[:1].astype("<i8").tobytes())
            for copy in range(copies):
                out.write((offsets[1:] + copy * rows).astype("<i8").tobytes())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
