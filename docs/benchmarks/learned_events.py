#!/usr/bin/env python3
"""What learned models save of whole events, by collection and training time: rows of learned-events.csv.

usage: learned_events.py NAME TABLE RULES [beside:MINUTES | inside:MINUTES]...

Compresses a table without models, and then as asked: with models of all collections beside the file (jetfold train -o
FOLDER/, then compress --model FOLDER), or inside it (compress --learn). Bits are of one row of a collection, on the tenth
of the events that are set apart; bytes of files are of all events. Collections of which no model is kept are not listed.
The command is ./jetfold, or what JETFOLD says; THREADS is 2 where it is not set.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

JETFOLD = os.environ.get("JETFOLD", "./jetfold").split()
THREADS = os.environ.get("THREADS", "2")
ROW = re.compile(
    r"^  (\S.*?) {2,}(\d+) +([\d,]+) rows +([\d.]+) +([\d.]+) +([\d.]+) (bytes|kB|MB) +(\d+):(\d+) min +saves (\d.*)$"
)
UNITS = {"bytes": 1, "kB": 1000, "MB": 1000000}


def jetfold(*arguments):
    done = subprocess.run([*JETFOLD, *arguments, "-T", THREADS, "-f"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr[-500:]}")
    return done.stderr


def collections(said):
    for line in said.splitlines():
        found = ROW.match(line)
        if found:
            name, columns, rows, static, learned, size, unit, _, _, _ = found.groups()
            yield name, columns, rows.replace(",", ""), static, learned, round(float(size) * UNITS[unit])


def main():
    name, table, rules, *wanted = sys.argv[1:]
    out = csv.writer(sys.stdout, lineterminator="\n")
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "x.jetf")
        jetfold("compress", table, "--precision", rules, "-o", file)
        static = os.path.getsize(file)
        out.writerow([name, "none", "", "whole file", "", "", "", "", "", static, ""])
        for number, each in enumerate(wanted):
            where, minutes = each.split(":")
            if where == "inside":
                said = jetfold("compress", table, "--precision", rules, "--learn", "--minutes", minutes, "-o", file)
                models = ""
            else:
                beside = os.path.join(folder, f"models-{number}")
                said = jetfold("train", table, "-o", beside + "/", "--precision", rules, "--minutes", minutes)
                models = sum(entry.stat().st_size for entry in os.scandir(beside)) if os.path.isdir(beside) else 0
                jetfold("compress", table, "--precision", rules, *(["--model", beside] if models else []), "-o", file)
            size = os.path.getsize(file)
            for collection, columns, rows, before, after, model in collections(said):
                out.writerow([name, where, minutes, collection, columns, rows, before, after, model, "", ""])
            change = f"{100 * (size / static - 1):+.1f} %"
            out.writerow([name, where, minutes, "whole file", "", "", "", "", models, size, change])
            sys.stdout.flush()


main()
