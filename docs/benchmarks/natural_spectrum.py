"""Makes two tables of simulated QCD jets for docs/density.md: python3 docs/benchmarks/natural_spectrum.py DATA FOLDER

weighted.npz has the first 20,000 events, flat in log pT, with their weights. natural.npz has 3,000 of the others, drawn
with a probability in proportion to their weights, without them. Both have pt, eta, phi and m. Needs NumPy.
"""

import pathlib
import sys

import numpy as np

NAMES = ["pt", "eta", "phi", "m"]
FIRST, DRAWN = 20_000, 3_000

if len(sys.argv) != 3:
    sys.exit(__doc__)
data, folder = map(pathlib.Path, sys.argv[1:])
with np.load(data / "mc/qcd.npz") as arrays, np.load(data / "mc/qcd_extra.npz") as extra:
    columns, offsets, weights = arrays["columns"].tolist(), arrays["offsets"], extra["event_weight"].astype("f8")
    jets = arrays["jets"][:, [columns.index(name) for name in NAMES]]
np.savez(folder / "weighted.npz", jets=jets[:offsets[FIRST]], columns=np.array(NAMES), offsets=offsets[:FIRST + 1],
         event_weight=weights[:FIRST])
drawn = np.sort(np.random.default_rng(1).choice(np.arange(FIRST, len(weights)), DRAWN,
                                                p=weights[FIRST:] / weights[FIRST:].sum()))
rows = np.concatenate([np.arange(offsets[event], offsets[event + 1]) for event in drawn])
ends = np.cumsum([offsets[event + 1] - offsets[event] for event in drawn])
np.savez(folder / "natural.npz", jets=jets[rows], columns=np.array(NAMES), offsets=np.concatenate([[0], ends]))
