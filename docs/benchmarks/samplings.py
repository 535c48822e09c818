#!/usr/bin/env python3
"""Simulated jets with a list of 28 energies each, one per calorimeter sampling, as in ATLAS files.

usage: samplings.py JETS.npz OUT.npz [EVENTS]

The simulation has no samplings, so they are made from its columns pt, eta, EMFrac and HECFrac:

- E = pt cosh(eta) is the jet's energy.
- A jet at |eta| lies in the barrel up to 1.45, in an end-cap up to 3.15, and beyond in the forward calorimeter. Its weight
  in each falls like a logistic function of width 0.1 around these limits.
- The electromagnetic samplings get E EMFrac, those of the hadronic end-cap E HECFrac, the tiles what is left (in the gap,
  where barrel and end-cap overlap, 0.3 of that), the forward calorimeter E, and its last four 0.02 of what is left.
  Within each, samplings have the fixed mean shares below times a log-normal factor of their own, of width 0.5, and one of
  width 0.6 that a normal number per jet has in common: the depth of its shower.
- Every energy gets noise of 20 MeV. Samplings with a share below 1e-4 have 0.

So the list depends on the jet's columns, and samplings on one another, but not exactly.
"""
import sys

import numpy as np

# Mean share of each sampling in its part, and how it depends on the depth of the shower.
EM = ([0.05, 0.25, 0.60, 0.10], [-0.8, -0.4, 0.1, 0.9])
HAD4 = ([0.45, 0.30, 0.18, 0.07], [-0.5, 0.0, 0.4, 0.9])
HAD3 = ([0.50, 0.40, 0.10], [-0.4, 0.2, 0.9])


def parts(energy, weight, means, depth, shower, rng):
    """The energies of the samplings of one part: a row a jet."""
    slope = np.array(depth)
    factor = np.exp(0.5 * rng.standard_normal((len(energy), len(means))) + 0.6 * shower[:, None] * slope)
    share = np.array(means) * factor
    share /= share.sum(axis=1, keepdims=True)
    whole = np.where(share * weight[:, None] < 1e-4, 0, share * (energy * weight)[:, None])
    return whole


def main():
    source = np.load(sys.argv[1])
    names = list(source["columns"])
    offsets = source["offsets"]
    if len(sys.argv) > 3:
        offsets = offsets[: int(sys.argv[3]) + 1]
    jets = source["jets"][: offsets[-1]].astype(np.float64)
    pt, eta, em, hec = (jets[:, names.index(name)] for name in ("pt", "eta", "EMFrac", "HECFrac"))
    rng = np.random.default_rng(25)
    shower = rng.standard_normal(len(pt))
    energy = pt * np.cosh(eta)
    where = np.abs(eta)
    barrel = 1 / (1 + np.exp((where - 1.45) / 0.1))
    forward = 1 / (1 + np.exp(-(where - 3.15) / 0.1))
    endcap = np.clip(1 - barrel - forward, 0, 1)
    em = np.clip(em, 0, 1)
    hec = np.clip(hec, 0, 1 - em)
    rest = np.clip(1 - em - hec, 0, 1)
    samplings = np.hstack(
        [
            parts(energy * em, barrel, *EM, shower, rng),
            parts(energy * em, endcap, *EM, shower, rng),
            parts(energy * hec, np.ones(len(pt)), *HAD4, shower, rng),
            parts(energy * rest, barrel, *HAD3, shower, rng),
            parts(energy * rest * 0.3, endcap * barrel * 4, *HAD3, shower, rng),
            parts(energy * rest, endcap, *HAD3, shower, rng),
            parts(energy, forward, *HAD3, shower, rng),
            parts(energy * rest * 0.02, endcap, *HAD4, shower, rng),
        ]
    )
    samplings = np.where(samplings == 0, 0, samplings + rng.normal(0, 20, samplings.shape)).astype(np.float32)
    assert samplings.shape[1] == 28
    columns = {name: jets[:, i].astype(np.float32) for i, name in enumerate(names)}
    np.savez(
        sys.argv[2],
        offsets=offsets,
        **columns,
        EnergyPerSampling=samplings.ravel(),
        EnergyPerSampling_offsets=np.arange(len(pt) + 1, dtype=np.int64) * 28,
    )


main()
