"""Draws squared errors with E and with m in place of it against epochs, for docs/thesis.md.

    python3 docs/benchmarks/energy_or_mass.py docs/benchmarks/energy-or-mass.csv docs/energy-or-mass.svg
    python3 docs/benchmarks/energy_or_mass.py docs/benchmarks/energy-or-mass.csv docs/energy-or-mass.svg \\
        --train L.npz --epochs 1 3 10 [--jetfold ./jetfold]

The second command trains both networks on the leading jets L.npz (docs/thesis.md) first, and writes the table anew.
Both axes are logarithmic.
"""

import argparse
import csv
import math
import pathlib
import re
import subprocess
import tempfile

WIDTH, HEIGHT, LEFT, BOTTOM, EDGE = 480, 300, 60, 45, 15
SERIES = {"with_mass": ("with m", "#b2182b"), "with_energy": ("with E", "#2166ac")}


def trained(options, columns, more):
    errors = []
    for epochs in options.epochs:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [options.jetfold, "train", options.train, "--columns", columns, "--codec", "autoencoder", *more,
                 "--epochs", str(epochs), "-T", "1", "-o", f"{folder}/x.jetm"], check=True, capture_output=True, text=True)
        errors.append(float(re.search(r"mean squared error (\S+) of the normalized", done.stderr).group(1)))
    return errors


def measure(options):
    energy = trained(options, "pt,eta,phi,E", ["--preset", "ntuple-4d"])
    mass = trained(options, "pt,eta,phi,m", ["--layers", "200,100,50,3", "--normalization", "standard"])
    with open(options.csv, "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["epochs", "with_energy", "with_mass", "set"])
        table.writerows([*row, "test"] for row in zip(options.epochs, energy, mass))


def picture(rows):
    epochs = [float(row["epochs"]) for row in rows]
    values = [float(row[name]) for row in rows for name in SERIES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    most = math.log10(max(epochs) * 1.3)

    def x(epoch):
        return LEFT + math.log10(epoch) / most * (WIDTH - LEFT - EDGE)

    def y(value):
        return EDGE + (high - math.log10(value)) / (high - low) * (HEIGHT - BOTTOM - EDGE)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
             f' font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for exponent in range(low, high + 1):
        at = y(10.0 ** exponent)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - EDGE}" y1="{at:.1f}" y2="{at:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">1e{exponent}</text>')
    for epoch in epochs:
        parts.append(f'<text x="{x(epoch):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{epoch:g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">epochs</text>')
    parts.append(f'<text transform="translate(14,{HEIGHT / 2}) rotate(-90)" text-anchor="middle">squared error</text>')
    for name, (label, colour) in SERIES.items():
        points = [(x(epoch), y(float(row[name]))) for epoch, row in zip(epochs, rows)]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        parts.append(f'<text x="{points[-1][0]:.1f}" y="{points[-1][1] - 8:.1f}" fill="{colour}"'
                     f' text-anchor="end">{label}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv", type=pathlib.Path)
    parser.add_argument("svg", type=pathlib.Path)
    parser.add_argument("--train")
    parser.add_argument("--epochs", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--jetfold", default="./jetfold")
    options = parser.parse_args()
    if options.train:
        measure(options)
    with open(options.csv, newline="") as table:
        options.svg.write_text(picture(list(csv.DictReader(table))))


if __name__ == "__main__":
    main()
