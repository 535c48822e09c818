"""Puts columns of NPZ files about the same jets side by side, of all jets or of each event's first.

    python3 pick.py --columns pt,eta,phi,m,E --leading qcd.npz qcd_extra.npz leading.npz

The files have the arrays jets (jets × columns), columns (names) and offsets (where events start, and last the
number of jets), as `jetfold decompress --matrix` writes them.
"""

import argparse

import numpy as np


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--columns", required=True, help="names, separated by commas, in the order to be written")
    parser.add_argument("--leading", action="store_true", help="only the first jet of each event that has one")
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("output")
    options = parser.parse_args()
    found, offsets = {}, None
    for name in options.inputs:
        with np.load(name) as arrays:
            if offsets is not None and not np.array_equal(offsets, arrays["offsets"]):
                parser.error(f"{name} has other events than {options.inputs[0]}")
            offsets = arrays["offsets"]
            found.update(zip(arrays["columns"].tolist(), arrays["jets"].T))
    wanted = options.columns.split(",")
    missing = [column for column in wanted if column not in found]
    if missing:
        parser.error(f"no column {', '.join(missing)}: there are {', '.join(found)}")
    jets = np.stack([found[column] for column in wanted], axis=1)
    if options.leading:
        jets = jets[offsets[:-1][np.diff(offsets) > 0]]
        offsets = np.arange(len(jets) + 1)
    np.savez(options.output, jets=jets, columns=np.array(wanted), offsets=offsets)


if __name__ == "__main__":
    main()
