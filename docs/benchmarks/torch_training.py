"""Training speed beside Python's torch: the same network, jets, mini-batches and schedule, in turns, on one thread.

    python3 docs/benchmarks/torch_training.py jets.npz --jetfold ./jetfold

Needs NumPy and torch. Prints seconds of processor time, of all threads, that one more pass over nine tenths of the
jets (an epoch) takes: of Jetfold the difference of a training of many epochs and of one, so that starting, reading and
judging, which are in both, do not count; of torch, the epochs behind the first. And the loss on the other tenth.
"""

import argparse
import math
import os
import re
import resource
import subprocess
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import torch

# Columns, hidden layers and latents, activation, batch normalization, mini-batch, weight decay.
PRESETS = {
    "tla-4d": (["m", "pt", "phi", "eta"], [200, 200, 20, 3], torch.nn.Tanh, False, 256, 1e-6),
    "tla-27d": (None, [200, 200, 200, 14], lambda: torch.nn.LeakyReLU(0.01), True, 4096, 1e-2),
}
RATE = 2e-3
KEEPS_NORMALIZATION = 0.6


def network(inputs, widths, activation, batch_norm):
    widths = [inputs, *widths, *reversed(widths[:-1]), inputs]
    layers = []
    for i, (width, following) in enumerate(zip(widths, widths[1:])):
        layers.append(torch.nn.Linear(width, following))
        if i + 2 < len(widths):
            if i + 1 != len(widths) // 2 or batch_norm:
                layers.append(activation())
            if batch_norm:
                layers.append(torch.nn.BatchNorm1d(following))
    return torch.nn.Sequential(*layers)


def rate(progress):
    """One cycle, as Jetfold has it."""
    low, high, share = (RATE / 25, RATE, progress / 0.25) if progress < 0.25 else (RATE, RATE * 1e-4, (progress - 0.25) / 0.75)
    return high + (low - high) * 0.5 * (1 + math.cos(math.pi * min(share, 1)))


def train_torch(jets, preset, epochs):
    _, widths, activation, batch_norm, batch, decay = PRESETS[preset]
    torch.manual_seed(1)
    order = torch.randperm(len(jets))
    held_out, learned = jets[order[: len(jets) // 10]], jets[order[len(jets) // 10 :]]
    model = network(jets.shape[1], widths, activation, batch_norm)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.96), weight_decay=decay)
    loss = torch.nn.MSELoss()
    epoch_steps = len(learned) // batch
    start = time.process_time()
    for epoch in range(epochs):
        if epoch == 1:
            start = time.process_time()
        if epoch >= KEEPS_NORMALIZATION * epochs:
            for module in model.modules():
                if isinstance(module, torch.nn.BatchNorm1d):
                    module.eval()
        order = torch.randperm(len(learned))
        for step in range(epoch_steps):
            rows = learned[order[step * batch : (step + 1) * batch]]
            optimizer.param_groups[0]["lr"] = rate((epoch + step / epoch_steps) / epochs)
            optimizer.zero_grad()
            loss(model(rows), rows).backward()
            optimizer.step()
    seconds = (time.process_time() - start) / max(1, epochs - 1)
    model.eval()
    with torch.no_grad():
        return seconds, loss(model(held_out), held_out).item()


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def train_jetfold(command, table, preset, epochs):
    batch = PRESETS[preset][4]
    start = processor_time()
    with tempfile.TemporaryDirectory() as folder:
        arguments = f"train {table} --codec autoencoder --preset {preset} --normalization standard --lr {RATE}"
        arguments += f" --batch {batch} --epochs {epochs} -T 1 -o {folder}/m.jetm"
        done = subprocess.run([*command.split(), *arguments.split()], check=True, capture_output=True, text=True)
    loss = re.search(r"mean squared error (\S+) of normalized", done.stderr)
    return processor_time() - start, float(loss[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table")
    parser.add_argument("--jetfold", required=True, help="the command")
    parser.add_argument("--preset", default="tla-4d", choices=PRESETS)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    with np.load(options.table) as arrays:
        names, jets = arrays["columns"].tolist(), arrays["jets"]
    columns = PRESETS[options.preset][0] or names
    jets = np.stack([jets[:, names.index(name)] for name in columns], axis=1).astype(np.float64)
    jets = torch.tensor((jets - jets.mean(0)) / jets.std(0), dtype=torch.float32)
    print(f"{len(jets)} jets, {options.preset}, torch {torch.__version__}: seconds an epoch (loss after {options.epochs})")
    for _ in range(options.rounds):
        theirs = train_torch(jets, options.preset, options.epochs)
        one, _ = train_jetfold(options.jetfold, options.table, options.preset, 1)
        many, loss = train_jetfold(options.jetfold, options.table, options.preset, options.epochs)
        ours = (many - one) / (options.epochs - 1)
        print("torch %.2f (%.3e), Jetfold %.2f (%.3e)" % (*theirs, ours, loss), flush=True)


if __name__ == "__main__":
    main()
