"""What the command ``jetfold`` does for this package: it decodes learned models, and compresses.

Tables go through pipes as NPZ, which NumPy reads itself: an array for each column of each collection, behind them the
collection's offsets, and the events' own columns last.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from .container import DTYPES, Header
from .errors import CommandError


def run(arguments: Sequence[str], given: Optional[memoryview], purpose: str) -> bytes:
    """What the command writes to standard output.

    :raises CommandError: where there is no such command on the PATH, or it fails
    """
    program = shutil.which("jetfold")
    if program is None:
        raise CommandError(f"{purpose} needs the command 'jetfold', which is not on the PATH: install Jetfold")
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else f"it ended with code {done.returncode}"
        raise CommandError(f"{purpose}: {reason}")
    return done.stdout


def read(
    path: Optional[Path], data: memoryview, name: str, models: Sequence[str], header: Header
) -> dict[int, NDArray]:
    """All columns of a file, by their numbers."""
    arguments = ["decompress", str(path.absolute()) if path else "-", "-o", "-", "--to", "npz", "-q"]
    for model in models:
        arguments += ["--model", model]
    learned = [column.name for column in header.columns if column.coding > 0]
    purpose = f"{name}: to decode {', '.join(learned[:3])}{', …' if len(learned) > 3 else ''}, which a model codes,"
    with np.load(io.BytesIO(run(arguments, None if path else data, purpose)), allow_pickle=False) as arrays:
        members = iter(arrays.files)
        columns: dict[int, NDArray] = {}
        for group in [*range(1, len(header.groups)), 0]:
            for number, column in enumerate(header.columns):
                if column.group == group:
                    columns[number] = arrays[next(members)]
                    if columns[number].dtype != DTYPES[column.type]:
                        raise CommandError(f"{purpose} another version of the command is on the PATH")
            if group:
                next(members)
    return columns
