"""Latents coded by a learned prior, for docs/thesis.md.

    python3 docs/benchmarks/latent_prior.py ../shared/data docs/benchmarks/latent-prior.csv [--jetfold ./jetfold]
        [--rows N] [--epochs E] [--seed S] [--threads T]

The network `tla-4d` is trained on N ATLAS jets in four ways and used on N other jets: for errors alone, with a prior of
latents rounded to abs:0.05 and to abs:0.2, and by rate and distortion with two λ. Of the former two, files are made with
the prior and without (latents a millionth coarser, which the prior does not know). A line tells the mean squared error
of the normalized variables and the bits a jet of the whole file without its model. Needs NumPy. Prints the table.
"""

import argparse
import csv
import pathlib
import tempfile

import numpy as np
from generalization import FOUR, columns, formulas, mean_square, run, write

WAYS = {"abs:0.05": ["--prior", "abs:0.05"], "λ = 5e-5": ["--rate", "5e-5"],
        "abs:0.2": ["--prior", "abs:0.2"], "λ = 8e-4": ["--rate", "8e-4"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("csv", type=pathlib.Path)
    parser.add_argument("--jetfold", default="./jetfold")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--threads", default="1")
    options = parser.parse_args()
    lines = [["latents", "coded_by", "mean_square", "bits_per_jet", "model_bytes"]]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        names, values, offsets = columns(options.data, "ATLAS", FOUR, False)
        following = write(work / "train.npz", names, values, offsets, 0, options.rows)
        write(work / "use.npz", names, values, offsets, following, options.rows)
        for way, more in WAYS.items():
            model = work / "x.jetm"
            run(options, "train", work / "train.npz", "-o", model, "--codec", "autoencoder", "--preset", "tla-4d",
                "--epochs", options.epochs, "--seed", options.seed, *more)
            lines.append(line(options, work, names, model, way, "prior", []))
            if way.startswith("abs"):
                lines.append(line(options, work, names, model, way, "distributions",
                                  ["--latents", f"abs:{float(way[4:]) * 1.000001:.9g}"]))
            with open(options.csv, "w", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows(lines)
    print("| latents | coded by | mean squared error | bits a jet |\n| --- | --- | --- | --- |")
    for way, coded, error, bits, _ in lines[1:]:
        print(f"| {way} | {coded} | {error:.2e} | {bits:.2f} |")


def line(options, work, names, model, way, coded, more):
    packed, restored = work / "x.jetf", work / "x.npz"
    run(options, "compress", work / "use.npz", "-o", packed, "--model", model, *more)
    run(options, "decompress", packed, "--model", model, "-o", restored)
    with np.load(work / "use.npz") as arrays:
        before = arrays["jets"]
    with np.load(restored) as arrays:
        after = np.stack([arrays[name] for name in names], 1)
    return [way, coded, mean_square(formulas(options, model), names, before, after),
            8 * packed.stat().st_size / len(before), model.stat().st_size]


if __name__ == "__main__":
    main()
