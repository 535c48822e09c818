"""Sizes of standard files within a bound, beside .jetf files: the table of docs/reduced.md.

    PYTHONPATH=python/src python3 docs/benchmarks/reduced.py FOLDER [--minutes M] [--model M.jetm] [--columns] TABLE...

The commands 'jetfold' and 'zstd' must be on the PATH. FOLDER takes the files. A learned model is trained for --minutes
on each table and is in the file, or --model names one of a file of its own. Truncated: each column has the fewest mantissa
bits that keep its bound for all its values, and zstd level 5 packs the float32 arrays one after the other. --columns
also tells what each truncated column takes alone.
"""

import argparse
import math
import os
import pathlib
import subprocess

import numpy as np

import jetfold

RULES = "jets,*=bits:10"
FORMATS = ["root", "parquet", "h5", "npz"]


def run(*arguments):
    subprocess.run(["jetfold", *map(str, arguments), "-q", "-f"], check=True)


def truncation(precision, values):
    """The fewest mantissa bits that keep a bound for all values."""
    setting = precision.split(":")
    if setting[0] in ("exact", "bits"):
        return precision
    bound = float(setting[1])
    if setting[0] == "abs":
        # Half of an ulp of the largest value.
        finite = np.abs(values[np.isfinite(values)].astype("f8"))
        largest = finite.max(initial=0)
        if largest == 0:
            return "bits:1"
        bound /= 2.0 ** math.floor(math.log2(largest))
    return f"bits:{max(1, math.ceil(-math.log2(bound)) - 1)}"


def packed(data):
    """The bytes that zstd makes of bytes."""
    zstd = ["zstd", "-5", "-c", f"--stream-size={len(data)}"]
    return len(subprocess.run(zstd, input=data, capture_output=True, check=True).stdout)


def sizes(table, folder, minutes, model):
    stem = folder / pathlib.Path(table).stem
    static = stem.with_suffix(".jetf")
    run("compress", table, "--precision", RULES, "-o", static)
    found = {".jetf": os.path.getsize(static)}
    learned = stem.with_suffix(".learned.jetf")
    if minutes or model:
        how = ["--model", model] if model else ["--learn", "--minutes", minutes]
        run("compress", table, "--precision", RULES, *how, "-o", learned)
        found["learned"] = os.path.getsize(learned)
    for ending in FORMATS:
        reduced = stem.with_suffix("." + ending)
        run("reduce", table, "--precision", RULES, "-o", reduced)
        found[ending] = os.path.getsize(reduced)
    with jetfold.open(static) as file:
        rules = [
            f"{name.replace('*', '?')}={truncation(column.precision, file[name])}"
            for name, column in file.columns.items()
        ]
    truncated = stem.with_suffix(".truncated.jetf")
    run("compress", table, "--precision", ",".join(rules), "-o", truncated)
    arrays = stem.with_suffix(".truncated.npz")
    run("decompress", truncated, "-o", arrays)
    found["truncated"] = packed(arrays.read_bytes())
    restored = stem.with_suffix(".restored.parquet")
    run("decompress", static, "-o", restored)
    found["restored"] = os.path.getsize(restored)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--minutes")
    parser.add_argument("--model")
    parser.add_argument("--columns", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(exist_ok=True)
    for table in given.tables:
        found = sizes(table, given.folder, given.minutes, given.model)
        print(table, *(f"{name} {size:,}" for name, size in found.items()), sep=" | ", flush=True)
        if given.columns:
            with np.load((given.folder / pathlib.Path(table).stem).with_suffix(".truncated.npz")) as arrays:
                print(*(f"{name} {packed(array.tobytes()):,}" for name, array in arrays.items()), sep="\n", flush=True)


if __name__ == "__main__":
    main()
