"""Makes small tables of four variables for docs/density.md: in MeV and in GeV, QCD and tt̄.

    python3 docs/benchmarks/units.py ../shared/data/mc FOLDER

mev.npz: 20,000 events to train on; next-mev.npz, gev.npz: the next 10,000; ttbar.npz: 8,000 events of another kind.
"""

import pathlib
import sys

import numpy as np

VARIABLES = ["pt", "eta", "phi", "m"]
ENERGIES = ["pt", "m"]


def write(source, target, first, last, factor=1.0):
    """Some events with four variables, whose energies are multiplied."""
    names = list(source["columns"])
    offsets = source["offsets"]
    rows = source["jets"][offsets[first] : offsets[last]]
    jets = np.stack(
        [rows[:, names.index(v)] * np.float32(factor if v in ENERGIES else 1) for v in VARIABLES], axis=1
    )
    np.savez(
        target,
        jets=jets.astype(np.float32),
        columns=np.array(VARIABLES),
        offsets=offsets[first : last + 1] - offsets[first],
    )


def main():
    data, folder = map(pathlib.Path, sys.argv[1:])
    qcd = np.load(data / "qcd.npz")
    write(qcd, folder / "mev.npz", 0, 20000)
    write(qcd, folder / "next-mev.npz", 20000, 30000)
    write(qcd, folder / "gev.npz", 20000, 30000, 1e-3)
    write(np.load(data / "ttbar.npz"), folder / "ttbar.npz", 0, 8000)


main()
