"""The files that the format's tests keep, and the text that says what they hold."""

import csv
from pathlib import Path

import numpy as np

from jetfold.checksums import crc32c

# Links into the repository, which are files in a source archive.
_HERE = Path(__file__).parent
FOLDER = _HERE / "files"
SAMPLE = _HERE / "jets.npz"
SHARED = _HERE.resolve().parents[2] / "shared"
_SPELT = 24


def good():
    """All files that are read."""
    return sorted((FOLDER / "good").glob("*.jetf"))


def bad():
    """All files that are refused, each with the kind of the refusal."""
    with (FOLDER / "bad/expected.csv").open() as file:
        return [(FOLDER / "bad" / (row["file"] + ".jetf"), row["refusal"]) for row in csv.DictReader(file)]


def numbers(array):
    """Numbers as the text has them: their checksum as 64-bit integers, and the first ones."""
    if array.dtype.kind == "f":
        array = array.view(f"u{array.dtype.itemsize}")
    bits = array.view(np.int64) if array.dtype == np.uint64 else array.astype(np.int64)
    spelt = "".join(f" {int(number):x}" for number in bits[:_SPELT].view(np.uint64))
    return f"crc32c {crc32c(bits.tobytes()):08x}:{spelt}{' …' if len(bits) > _SPELT else ''}"


def content(file):
    """What a file holds, block by block."""
    lines = []
    for number, block in enumerate(file._container.blocks):
        lines.append(f"block {number}\n")
        start, stop = block.first, block.first + block.entries[0]
        for group, collection in enumerate(["", *file.collections]):
            counts = np.diff(file.offsets(collection, start, stop)) if group else np.zeros(0, dtype=np.int64)
            lines.append(f"  group {group} entries {block.entries[group]} counts {numbers(counts)}\n")
        for column, array in enumerate(file.arrays(None, start, stop).values()):
            lines.append(f"  column {column} bits {numbers(array)}\n")
    return "".join(lines)
