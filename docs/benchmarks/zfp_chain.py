"""zfp before and after an autoencoder, for docs/thesis.md.

    python3 docs/benchmarks/zfp_chain.py TABLE.npz MODEL.jetm [--jetfold ./jetfold] [--zfp libzfp.so.1] > zfp-chain.csv

TABLE has `jets`, `columns` and perhaps `offsets`. After: the encoder's latents, computed here from the model's file,
are compressed by zfp (fixed accuracy), each as an array and all as one of two dimensions, and by Jetfold with `abs`
at the largest error that zfp made. Before: zfp rounds the columns, pt and m as logarithms, and what it restores goes
through the network; errors are those of the network's output against the original, beside those of zfp alone.
Needs NumPy and libzfp.
"""

import argparse
import csv
import ctypes
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

FLOAT = 3  # zfp_type_float


class Zfp:
    """The functions of libzfp that are needed."""

    def __init__(self, name):
        self.lib = ctypes.CDLL(name)
        for function in ("zfp_field_1d", "zfp_field_2d", "zfp_stream_open", "stream_open"):
            getattr(self.lib, function).restype = ctypes.c_void_p
        for function in ("zfp_compress", "zfp_decompress", "zfp_stream_maximum_size"):
            getattr(self.lib, function).restype = ctypes.c_size_t
        self.lib.zfp_stream_set_accuracy.restype = ctypes.c_double

    def field(self, values):
        sizes = [ctypes.c_size_t(size) for size in reversed(values.shape)]
        make = self.lib.zfp_field_1d if values.ndim == 1 else self.lib.zfp_field_2d
        return ctypes.c_void_p(make(values.ctypes.data_as(ctypes.c_void_p), FLOAT, *sizes))

    def round_trip(self, values, tolerance):
        """The number of bytes, and the restored values."""
        values = np.ascontiguousarray(values, np.float32)
        field = self.field(values)
        stream = ctypes.c_void_p(self.lib.zfp_stream_open(None))
        self.lib.zfp_stream_set_accuracy(stream, ctypes.c_double(tolerance))
        room = self.lib.zfp_stream_maximum_size(stream, field)
        buffer = ctypes.create_string_buffer(room)
        bits = ctypes.c_void_p(self.lib.stream_open(buffer, ctypes.c_size_t(room)))
        self.lib.zfp_stream_set_bit_stream(stream, bits)
        self.lib.zfp_stream_rewind(stream)
        size = self.lib.zfp_compress(stream, field)
        back = np.empty_like(values)
        self.lib.zfp_stream_rewind(stream)
        if size == 0 or self.lib.zfp_decompress(stream, self.field(back)) == 0:
            raise SystemExit("zfp failed")
        return size, back


class Model:
    """An autoencoder's file without azimuth references and kept variables: docs/format.md section 13.1."""

    def __init__(self, file):
        self.data, self.at = file.read_bytes(), 14
        if self.byte() != 2:
            raise SystemExit("no autoencoder")
        self.string(), self.string()
        self.byte()
        if self.varint() != 1:
            raise SystemExit("jets together")
        self.tanh, self.activated = self.byte() == 1, self.byte() == 1
        self.variables = [self.variable() for _ in range(self.varint())]
        hidden = [self.varint() for _ in range(self.varint())]
        widths = [len(self.variables), *hidden, self.varint()]
        self.encoder = [(self.floats(out), self.floats(out * into).reshape(out, into))
                        for into, out in zip(widths, widths[1:])]

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def string(self):
        length = self.varint()
        self.at += length
        return self.data[self.at - length:self.at].decode()

    def doubles(self, count):
        self.at += 8 * count
        return np.frombuffer(self.data[self.at - 8 * count:self.at], "<f8")

    def floats(self, count):
        self.at += 4 * count
        return np.frombuffer(self.data[self.at - 4 * count:self.at], "<f4").astype("f8")

    def variable(self):
        name, flags, kind = self.string(), self.byte(), self.byte()
        if flags & 2 or kind == 2:
            raise SystemExit("kept variables or knots")
        if kind == 3:
            turn, width, reference = self.byte(), self.doubles(1)[0], self.varint()
            if turn or reference:
                raise SystemExit("an azimuth of another kind")
            return name, lambda x: x / width
        factor, offset, centre, width = self.doubles(4)
        return name, lambda x: ((np.log10(factor * x + offset) if kind else factor * x + offset) - centre) / width

    def latents(self, columns, jets):
        with np.errstate(all="ignore"):
            y = np.stack([made(jets[:, columns.index(name)].astype("f8")) for name, made in self.variables], 1)
        y = np.nan_to_num(y, nan=0, posinf=0, neginf=0)
        for number, (biases, weights) in enumerate(self.encoder):
            y = y @ weights.T + biases
            if number + 1 < len(self.encoder) or self.activated:
                y = np.tanh(y) if self.tanh else np.where(y > 0, y, 0.01 * y)
        return y.astype("f4")


def run(options, *arguments):
    subprocess.run([options.jetfold, *map(str, arguments), "-q", "-f"], check=True)


def error(name, before, after):
    """The error at 68 %: of m and pt relative, of angles absolute."""
    difference = np.abs(after.astype("f8") - before)
    if name in ("m", "pt"):
        difference = difference[before != 0] / np.abs(before[before != 0])
    if name == "phi":
        difference = np.minimum(difference, 2 * np.pi - difference)
    return float(np.quantile(difference, 0.68))


def after_network(options, zfp, latents, table):
    for tolerance in (2e-3, 1e-2, 4e-2, 0.16):
        single, largest = 0, 0
        for latent in latents.T:
            size, back = zfp.round_trip(latent, tolerance)
            single += size
            largest = max(largest, float(np.abs(back.astype("f8") - latent).max()))
        together, _ = zfp.round_trip(latents, tolerance)
        with tempfile.TemporaryDirectory() as folder:
            packed = pathlib.Path(folder) / "x.jetf"
            run(options, "compress", table, "-o", packed, "--model", options.model, "--latents", f"abs:{largest:.6g}")
            own = json.loads(subprocess.run([options.jetfold, "inspect", packed, "--json"], check=True,
                                            capture_output=True).stdout)
        rows = len(latents)
        yield ["after", tolerance, largest, 8 * single / rows, 8 * together / rows, 8 * own["latentBytes"] / rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--jetfold", default="./jetfold")
    parser.add_argument("--zfp", default="libzfp.so.1")
    options = parser.parse_args()
    zfp = Zfp(options.zfp)
    with np.load(options.table) as arrays:
        columns, jets = arrays["columns"].tolist(), arrays["jets"]
        others = {name: arrays[name] for name in arrays.files if name != "jets"}
    out = csv.writer(sys.stdout, lineterminator="\n")
    model = Model(options.model)
    out.writerow(["zfp", "tolerance", "largest_error", "bits_per_jet_1d", "bits_per_jet_2d", "bits_per_jet_jetfold"])
    for line in after_network(options, zfp, model.latents(columns, jets), options.table):
        out.writerow(line)
    out.writerow(["zfp", "tolerance", "variable", "error_68_zfp", "error_68_zfp_and_network"])
    for tolerance in (0, 1e-2, 4e-2):
        rounded = jets.copy()
        for number, name in enumerate(columns):
            column = jets[:, number].astype("f8")
            if tolerance and name in ("m", "pt"):
                # Relative errors: zfp's tolerance is absolute.
                _, back = zfp.round_trip(np.log(np.maximum(column, 1)), tolerance)
                rounded[:, number] = np.where(column >= 1, np.exp(back.astype("f8")), column)
            elif tolerance:
                _, back = zfp.round_trip(column, tolerance)
                rounded[:, number] = np.clip(back, -np.pi, np.pi) if name == "phi" else back
        with tempfile.TemporaryDirectory() as folder:
            table, packed, restored = (pathlib.Path(folder) / name for name in ("t.npz", "x.jetf", "r.npz"))
            np.savez(table, jets=rounded, **others)
            run(options, "compress", table, "-o", packed, "--model", options.model)
            run(options, "decompress", packed, "--model", options.model, "-o", restored)
            with np.load(restored) as arrays:
                back = {name: arrays[name] for name in columns}
        for number, name in enumerate(columns):
            out.writerow(["before", tolerance, name, error(name, jets[:, number].astype("f8"), rounded[:, number]),
                          error(name, jets[:, number].astype("f8"), back[name])])


if __name__ == "__main__":
    main()
