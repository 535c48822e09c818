"""Trains models on one kind of jets and uses them on others, for docs/generalization.md.

    python3 docs/benchmarks/generalization.py ../shared/data docs/benchmarks/generalization.csv [--jetfold ./jetfold]
        [--rows N] [--epochs E] [--steps S] [--only PRESET …] [--threads T]

For each preset and the density model, a model is trained on N jets of each data set, and used on N other jets of every
one. The CSV has a line for each pair: the mean squared error of the normalized variables (by the formulas of the model
that was trained on QCD, the same for all), the bits a jet without the model, and the seconds of the training by the
clock. Latents are rounded to a hundredth of their standard deviation. The density model has the setting `bits:7` and is
compared with the static coder on the same jets. A data set without E has the one of its pT, eta and m. Needs NumPy.
Prints the tables of the document.
"""

import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

FOUR = ["m", "pt", "phi", "eta"]
FIFTEEN = ("pt eta phi m ActiveArea4vec_eta ActiveArea4vec_phi ActiveArea4vec_m ActiveArea4vec_pt JVFCorr Jvt"
           " FracSamplingMax FracSamplingMaxIndex Width EMFrac Timing").split()
SETS = {"ATLAS": "real/atlas_jets_4d", "QCD": "mc/qcd", "tt̄": "mc/ttbar", "Z′": "mc/zprime550", "TLA": "mc/qcd_tla"}
STATIC = {}
OPTIONS = {"tla-27d": ["--latent", "14", "--batch", "1024", "--lr", "4e-3", "--weight-decay", "1e-4"],
           "ttbar-15d": ["--precision", "*=bits:7", "--batch", "1024", "--lr", "4e-3", "--weight-decay", "1e-4"]}


def columns(data, name, wanted, leading):
    """Columns of a data set and of its further variables, and its events; None where one is missing."""
    arrays, offsets = {}, None
    for ending in ("", "_extra"):
        file = data / f"{SETS[name]}{ending}.npz"
        if file.exists():
            with np.load(file) as found:
                offsets = found["offsets"] if offsets is None else offsets
                for number, column in enumerate(found["columns"].tolist()):
                    arrays.setdefault(column, found["jets"][:, number])
    if wanted is None:
        with np.load(data / f"{SETS[name]}.npz") as found:
            wanted = found["columns"].tolist()
            if len(wanted) < 27:
                return None
    if "E" in wanted and "E" not in arrays:
        arrays["E"] = np.hypot(arrays["pt"].astype("f8") * np.cosh(arrays["eta"].astype("f8")), arrays["m"])
    if any(column not in arrays for column in wanted):
        return None
    values = np.stack([arrays[column] for column in wanted], 1).astype(np.float32)
    if leading:
        first = offsets[:-1][np.diff(offsets) > 0]
        values, offsets = values[first], np.arange(len(first) + 1)
    return wanted, values, offsets


def write(target, wanted, values, offsets, first, rows):
    """Events from the first on that have so many rows together; returns the next event."""
    last = min(int(np.searchsorted(offsets, offsets[first] + rows)), len(offsets) - 1)
    np.savez(target, jets=values[offsets[first]:offsets[last]], columns=np.array(wanted),
             offsets=(offsets[first:last + 1] - offsets[first]).astype(np.int64))
    return last


def formulas(options, model):
    """What a model makes of each variable: a function, or of an azimuth its width."""
    text = subprocess.run([options.jetfold, "inspect", model, "--json"], check=True, capture_output=True).stdout
    found = {}
    for column in json.loads(text)["columns"]:
        formula = column["normalization"]
        if formula.startswith("an azimuth"):
            found[column["name"]] = float(formula.rsplit("/", 1)[1])
        else:
            code = formula.replace("·", "*").replace("−", "-").replace("log10", "np.log10")
            if re.search(r"[^-+*/(). 0-9enplogx]", code):
                raise SystemExit(f"{model}: {column['name']} is normalized as {formula}, which is not known here")
            found[column["name"]] = eval("lambda x: " + code, {"np": np})  # of a model that was just trained
    return found


def mean_square(known, names, before, after):
    """Over all values that can be normalized; azimuths the short way round."""
    squares = []
    with np.errstate(all="ignore"):
        for number, name in enumerate(names):
            x, y = before[:, number].astype("f8"), after[:, number].astype("f8")
            if callable(known[name]):
                difference = known[name](y) - known[name](x)
            else:
                difference = (y - x - 2 * np.pi * np.rint((y - x) / (2 * np.pi))) / known[name]
            squares.append(np.mean(difference[np.isfinite(difference)] ** 2))
    return float(np.mean(squares))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("csv", type=pathlib.Path)
    parser.add_argument("--jetfold", default="./jetfold")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--steps", type=int, default=2000, help="of the training of each density model")
    parser.add_argument("--only", nargs="*", default=["tla-4d", "density", "tla-27d", "ttbar-15d", "ntuple-4d"])
    parser.add_argument("--threads", default="1")
    options = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.only:
            study(kind, options, pathlib.Path(folder), lines)
            print_tables(kind, [line for line in lines if line[0] == kind])


def save(options, lines):
    with open(options.csv, "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["model", "trained_on", "used_on", "jets", "mean_square", "bits_per_jet",
                        "static_bits_per_jet", "training_seconds", "epochs_or_steps"])
        table.writerows(lines)


def run(options, *arguments):
    subprocess.run([options.jetfold, *map(str, arguments), "-T", options.threads, "-q", "-f"], check=True)


def study(kind, options, work, lines):
    wanted = {"tla-4d": FOUR, "density": FOUR, "ntuple-4d": ["pt", "eta", "phi", "E"], "tla-27d": None,
              "ttbar-15d": FIFTEEN}[kind]
    sets = {}
    for name in SETS:
        found = columns(options.data, name, wanted, kind == "ntuple-4d")
        if found is None:
            continue
        names, values, offsets = found
        rows = min(options.rows, offsets[-1] // 2)
        next_event = write(work / f"{kind}-{name}-train.npz", names, values, offsets, 0, rows)
        write(work / f"{kind}-{name}-use.npz", names, values, offsets, next_event, rows)
        sets[name] = names
    known = None
    for trained in sorted(sets, key=lambda name: name != "QCD"):
        model = work / f"{kind}-{trained}.jetm"
        begun = time.monotonic()
        table = work / f"{kind}-{trained}-train.npz"
        if kind == "density":
            run(options, "train", table, "-o", model, "--precision", "*=bits:7", "--steps", options.steps,
                "--minutes", 60)
        else:
            run(options, "train", table, "-o", model, "--codec", "autoencoder", "--preset", kind, "--epochs",
                options.epochs, *OPTIONS.get(kind, []))
            known = known or formulas(options, model)
        seconds = time.monotonic() - begun
        for used in sets:
            lines.append(use(kind, options, work, sets["QCD"], known, model, trained, used, seconds))
            print(lines[-1], file=sys.stderr, flush=True)
        save(options, lines)


def use(kind, options, work, names, known, model, trained, used, seconds):
    table = work / f"{kind}-{used}-use.npz"
    packed, restored = work / "x.jetf", work / "x.npz"
    static = ""
    with np.load(table) as arrays:
        before = arrays["jets"]
    if kind == "density":
        static = STATIC.get(used)
        if static is None:
            run(options, "compress", table, "-o", packed, "--precision", "*=bits:7")
            static = STATIC[used] = 8 * packed.stat().st_size / len(before)
        run(options, "compress", table, "-o", packed, "--precision", "*=bits:7", "--model", model)
        error = ""
    else:
        more = ["--precision", "*=bits:7"] if kind == "ttbar-15d" else []
        run(options, "compress", table, "-o", packed, "--model", model, "--latents", "abs:0.01", *more)
        subprocess.run([options.jetfold, "decompress", packed, "--model", model, "-o", restored, "-q", "-f"],
                       check=True)
        with np.load(restored) as arrays:
            after = np.stack([arrays[name] for name in names], 1)
        error = mean_square(known, names, before, after)
    return [kind, trained, used, len(before), error, 8 * packed.stat().st_size / len(before), static, round(seconds),
            options.steps if kind == "density" else options.epochs]


def print_tables(kind, lines):
    used = list(dict.fromkeys(line[2] for line in lines))
    print(f"\n## `{kind}`\n")
    print(f"| trained on | {' | '.join(used)} |\n| --- |{' --- |' * len(used)}")
    for trained in dict.fromkeys(line[1] for line in lines):
        cells = []
        for line in lines:
            if line[1] == trained:
                text = f"{line[5]:.2f}" if kind == "density" else f"{line[4]:.2e}, {line[5]:.1f}"
                cells.append(f"**{text}**" if line[2] == trained else text)
        print(f"| {trained} | {' | '.join(cells)} |")
    if kind == "density":
        static = {line[2]: line[6] for line in lines}
        print(f"| static | {' | '.join(f'{static[name]:.2f}' for name in used)} |")


if __name__ == "__main__":
    main()
