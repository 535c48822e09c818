#!/usr/bin/env python3
"""Events drawn from a file, with small changes: what a sample of many such events would be.

usage: drawn_events.py IN.npz OUT.npz EVENTS COLLECTION...

IN.npz holds whole events with collections (`jetfold decompress FILE.jetf -o IN.npz`). Taken are the named collections, but
for lists inside their objects. Whole events are drawn with replacement, so all that an event's collections tell of one
another is kept. The changes keep an event from being a copy that a model would only have to recognise:

- All energies, momenta and masses of an event are multiplied by one factor, log-normal of width 0.1, and each object's by
  one more, of width 0.02.
- All azimuths of an event are turned by one angle.
- All other floats of an object, but for 0, integers stored as floats and values that more than a twentieth of the column
  shares, are multiplied by factors that are log-normal of width 0.01.
- Integers and numbers of objects stay.

So 50,000 events of 100 have the correlations of 100 events, and less noise than others would have: what is saved is an
upper limit.
"""
import re
import sys

import numpy as np

ENERGY = re.compile(r"(^|[._])(pt|e|et|m|mass|energy|met|sumet|sumpt|mpx|mpy|px|py|pz)$", re.I)
AZIMUTH = re.compile(r"phi$", re.I)


def main():
    source, out, events = np.load(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    rng = np.random.default_rng(50_000)
    count = len(source[sys.argv[4] + "_offsets"]) - 1
    drawn = rng.integers(0, count, events)
    scale = np.exp(0.1 * rng.standard_normal(events))
    angle = rng.uniform(-np.pi, np.pi, events)
    result = {}
    for collection in sys.argv[4:]:
        starts = source[collection + "_offsets"]
        sizes = (starts[1:] - starts[:-1])[drawn]
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        event = np.repeat(np.arange(events), sizes)
        rows = np.arange(offsets[-1]) - offsets[event] + starts[drawn][event]
        own = np.exp(0.02 * rng.standard_normal(len(rows)))
        for name in source.files:
            nested = name.endswith("_offsets") or name + "_offsets" in source.files
            if name.startswith(collection + ".") and not nested and len(source[name]) == starts[-1]:
                values = source[name]
                chosen = values[rows]
                if values.dtype.kind == "f" and len(values):
                    chosen = changed(name, values, chosen, scale[event], angle[event], own, rng)
                result[name] = chosen
        result[collection + "_offsets"] = offsets
    np.savez(out, **result)


def changed(name, values, chosen, scale, angle, own, rng):
    whole = chosen.astype(np.float64)
    finite = values[np.isfinite(values)]
    if AZIMUTH.search(name):
        return np.where(np.abs(whole) <= np.pi, np.remainder(whole + angle + np.pi, 2 * np.pi) - np.pi, whole).astype(chosen.dtype)
    if ENERGY.search(name):
        whole = whole * scale * own
    elif len(finite) and np.all(finite == np.round(finite)):
        return chosen
    else:
        whole = whole * np.exp(0.01 * rng.standard_normal(len(whole)))
    kept, often = np.unique(finite, return_counts=True)
    kept = kept[often > len(values) / 20]
    return np.where(np.isin(chosen, kept) | ~np.isfinite(chosen), chosen, whole).astype(chosen.dtype)


main()
