#!/usr/bin/env python3
"""Writes a CSV of decimals, as a database or a spreadsheet holds them: decimals.py FILE [ROWS]

Five columns of float64 numbers with two or three decimals; the last one has 100,000 levels, all as likely. The seed is
fixed. Then, beside the sizes of the other programs on the same file:

    ./jetfold compress FILE -o FILE.jetf
    xz -9 --keep FILE
    ./jetfold decompress FILE.jetf -o FILE.parquet
"""

import sys

import numpy as np


def main() -> None:
    path, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    random = np.random.default_rng(20200612)
    columns = {
        "pt": (20 + random.exponential(35, rows), 2),
        "eta": (random.normal(0, 1.6, rows), 3),
        "phi": (random.uniform(-np.pi, np.pi, rows), 3),
        "mass": (np.abs(random.normal(91.19, 12, rows)), 2),
        "price": (random.integers(0, 100_000, rows) / 100, 2),
    }
    with open(path, "w", encoding="ascii") as file:
        file.write(",".join(columns) + "\n")
        for row in zip(*(np.char.mod(f"%.{digits}f", values) for values, digits in columns.values())):
            file.write(",".join(row) + "\n")


if __name__ == "__main__":
    main()
