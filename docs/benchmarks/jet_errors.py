"""The rank correlations of the errors of the two leading jets, for docs/dither.md.

    python3 docs/benchmarks/jet_errors.py ORIGINAL.npz RESTORED.npz

Errors of pt and m are relative, those of angles absolute. ORIGINAL has the arrays jets, columns and offsets.
"""

import sys

import numpy as np

VARIABLES = ["pt", "m", "eta", "phi"]
RELATIVE = ["pt", "m"]


def ranks(values):
    return np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(float)


def leading_jets(offsets, pt):
    """The rows of the leading and of the second jet of each event that has two."""
    pairs = [
        first + np.argsort(-pt[first:last], kind="stable")[:2]
        for first, last in zip(offsets[:-1], offsets[1:])
        if last - first > 1
    ]
    return np.array(pairs).T


def main(original_name, restored_name):
    original = np.load(original_name)
    restored = np.load(restored_name)
    names = [str(name) for name in original["columns"]]
    errors = {}
    for name in VARIABLES:
        values = original["jets"][:, names.index(name)].astype(float)
        errors[name] = restored[name].astype(float) - values
        if name in RELATIVE:
            errors[name] /= np.where(values == 0, 1, values)
    leading, second = leading_jets(original["offsets"], original["jets"][:, names.index("pt")])
    print(f"{len(leading)} events; chance: {len(leading) ** -0.5:.4f}")
    for a in VARIABLES:
        for b in VARIABLES:
            r = np.corrcoef(ranks(errors[a][leading]), ranks(errors[b][second]))[0, 1]
            print(f"{a} of the leading jet, {b} of the second: {r:.4f}")


main(*sys.argv[1:])
