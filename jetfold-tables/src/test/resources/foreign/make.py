"""Makes the files in this folder, which other programs wrote: python make.py (h5py 3, pyarrow 25, numpy 2, polars 1).

The tests do not run this; they read what it made. Values are simple functions of the row, so that a test can say
what must come out: the tests that read a file say which.
"""

import h5py
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 150
row = np.arange(ROWS)


def parquet():
    numbers = {
        "i8": (row % 256 - 128).astype("i1"),
        "i16": (row * 400 - 32768).astype("i2"),
        "i32": (row * 28000000 - 2**31).astype("i4"),
        "i64": (row.astype("i8") - 75) * 12 * 10**16,
        "u8": (row % 256).astype("u1"),
        "u16": (row * 430).astype("u2"),
        "u32": (row * 28000000).astype("u4"),
        "u64": row.astype("u8") * np.uint64(12 * 10**16),
        "f16": (row / 4).astype("f2"),
        "f32": (row / 3).astype("f4"),
        "f64": row / 7,
        "flag": row % 3 == 0,
        "few": (row // 25).astype("i4"),
    }
    table = pa.table(numbers)
    for name, options in {
        "snappy_v1_dictionary": dict(compression="snappy", data_page_version="1.0"),
        "gzip_v2_dictionary": dict(compression="gzip", data_page_version="2.0"),
        "zstd_v2_plain": dict(compression="zstd", data_page_version="2.0", use_dictionary=False),
        "lz4_v1_plain": dict(compression="lz4", data_page_version="1.0", use_dictionary=False),
        "none_v2_other": dict(
            compression="none",
            data_page_version="2.0",
            use_dictionary=False,
            column_encoding={
                n: "BYTE_STREAM_SPLIT" if n[0] == "f" and n[1:].isdigit()
                else "RLE" if n == "flag" else "DELTA_BINARY_PACKED"
                for n in numbers
            },
        ),
    }.items():
        pq.write_table(
            table, name + ".parquet", write_page_checksum=True, row_group_size=70, data_page_size=200, **options
        )
    others = pa.table({
        "n": pa.array([1, None, 3], pa.int32()),
        "large": pa.array([2**60 + 1, None, 3], pa.int64()),
        "yes": pa.array([True, False, None], pa.bool_()),
        "pt": pa.array([1.5, 2.5, None], pa.float32()),
        "whole": pa.array([1, 2, 3], pa.int16()),
        "text": pa.array(["a", "b", "c"]),
        "day": pa.array([1, 2, 3], pa.date32()),
        "dec": pa.array(["12.5", "0.25", "12.34"]).cast(pa.decimal128(9, 2)),
        "long": pa.array(["0.25", "123456789012345678901.5", "-1.1"]).cast(pa.decimal128(38, 10)),
    })
    pq.write_table(others, "missing.parquet", write_page_checksum=True)
    pq.write_table(others.slice(0, 0), "no_rows.parquet")
    jets = [[{"pt": 1.5, "n": 1, "hits": [1, 2]}, {"pt": None, "n": 2, "hits": []}], [], [{"pt": 3.5, "n": 3, "hits": [9]}]]
    pq.write_table(
        pa.table({
            "run": pa.array([7, 8, 9], pa.int32()),
            "Jet": pa.array(
                jets, pa.list_(pa.struct([("pt", pa.float32()), ("n", pa.int8()), ("hits", pa.list_(pa.uint16()))]))
            ),
            "el_pt": pa.array([[2.5], None, []], pa.list_(pa.float64())),
            "met": pa.array([{"x": 0.5}, {"x": 1.0}, {"x": 2.0}], pa.struct([("x", pa.float64())])),
            "names": pa.array([["a"], [], []], pa.list_(pa.string())),
            "map": pa.array([{"a": 1}, {}, {}], pa.map_(pa.string(), pa.int32())),
        }),
        "nested.parquet",
        write_page_checksum=True,
    )


def hdf5():
    for version in ("v108", "v110"):
        with h5py.File(f"layouts_{version}.h5", "w", libver=(version, version)) as f:
            f["contiguous"] = (row / 3).astype(">f4")
            f.create_dataset("gzip", data=row * 3 - 100, dtype=">i4", chunks=(70,), compression="gzip", shuffle=True, fletcher32=True)
            f.create_dataset("lzf", data=row / 7, chunks=(64,), compression="lzf")
            f.create_dataset("fletcher", data=(row % 5).astype("u1"), chunks=(33,), fletcher32=True)
            f.create_dataset("half", data=(row / 4).astype("f2"))
            f.create_dataset("flag", data=row % 3 == 0)
            f.create_dataset("growing", data=row.astype("i8"), chunks=(50,), maxshape=(None,))
            f.create_dataset("unwritten", shape=(ROWS,), dtype="f4", fillvalue=2.5)
            part = f.create_dataset("partly", shape=(ROWS,), dtype="f8", chunks=(100,), fillvalue=7)
            part[120:130] = 1
            f.create_dataset("wide", data=np.arange(2.0 * ROWS).reshape(ROWS, 2), chunks=(40, 1))
            f.create_dataset("deep", data=np.arange(6 * ROWS, dtype="i2").reshape(ROWS, 3, 2), chunks=(90, 2, 2))
            f.create_dataset("colour", data=np.array([5, 9])[row % 2], dtype=h5py.enum_dtype({"RED": 5, "BLUE": 9}, "i1"))
            plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            plist.set_layout(h5py.h5d.COMPACT)
            space = h5py.h5s.create_simple((ROWS,))
            compact = h5py.h5d.create(f.id, b"compact", h5py.h5t.NATIVE_INT32, space, plist)
            compact.write(h5py.h5s.ALL, h5py.h5s.ALL, row.astype("i4"))
            twelve = h5py.h5t.NATIVE_INT16.copy()
            twelve.set_precision(12)
            bits = h5py.h5d.create(f.id, b"twelve_bits", twelve, space)
            bits.write(h5py.h5s.ALL, h5py.h5s.ALL, (row - 75).astype("i2"))
            odd = h5py.h5t.IEEE_F32LE.copy()
            odd.set_fields(31, 20, 11, 0, 20)
            odd.set_ebias(1023)
            floats = h5py.h5d.create(f.id, b"eleven_exponent_bits", odd, space)
            floats.write(h5py.h5s.ALL, h5py.h5s.ALL, (row / 4 - 3).astype("f4"))
    jet = np.dtype([
        ("pt", "<f4"), ("eta", "<f2"), ("label", "i1"), ("p4", "<f8", (2,)), ("at", [("x", ">i4"), ("y", "u1")]), ("z", "<c8"), ("name", "S3"),
    ])
    jets = np.zeros(4, jet)
    jets["pt"] = [1, 2, 3, 4]
    jets["eta"] = [0.5, 1, 2, 3]
    jets["label"] = [0, -1, 4, 5]
    jets["p4"] = [[1, 2], [3, 4], [5, 6], [7, 8]]
    jets["at"]["x"] = [-1, -2, -3, -4]
    jets["at"]["y"] = [251, 252, 253, 254]
    jets["z"] = [1 + 2j, 3 + 4j, 5 + 6j, 7 + 8j]
    with h5py.File("records.h5", "w") as f:
        f.create_dataset("jets", data=jets, chunks=(3,), compression="gzip")
        f["weight"] = np.arange(4.0)
    with h5py.File("lists.h5", "w") as f:
        pt = f.create_dataset("jet_pt", (3,), dtype=h5py.vlen_dtype("f4"))
        pt[0], pt[1], pt[2] = [1, 2], [], [3]
        n = f.create_dataset("jet_n", (3,), dtype=h5py.vlen_dtype("u2"))
        n[0], n[1], n[2] = [7, 8], [], [9]
        f["run"] = np.array([1, 2, 3], "i8")
        f["other"] = np.array([1, 2], "i8")
        f["text"] = np.array(["a", "bb", "c"], h5py.string_dtype())
    with h5py.File("alike.h5", "w") as f:
        f[b"p\xe4"] = np.arange(3)
        f[b"p\xf6"] = np.arange(3)
        f["x"] = np.arange(3)
    with h5py.File("elsewhere.h5", "w") as f:
        f["pt"] = np.arange(5, dtype="f4")
        f.create_dataset("noise", data=np.arange(5.0), chunks=(5,), scaleoffset=3)
        f.create_dataset("outside", (5,), dtype="f4", external=[("outside.raw", 0, 20)])
        layout = h5py.VirtualLayout((5,), "f4")
        layout[:] = h5py.VirtualSource("other.h5", "x", (5,))
        f.create_virtual_dataset("virtual", layout)
        f["again"] = f["pt"]
        group = f.create_group("group")
        group["circle"] = group
        group["eta"] = np.arange(5, dtype="f8")
        f["soft"] = h5py.SoftLink("/nowhere")


def number(kind, at):
    """The numbers of a type at some rows; the test has the same."""
    d = np.dtype(kind)
    return {"f": at / 4 - 3, "i": at * 5 - 90, "u": at * 6, "b": at % 3 == 0}[d.kind].astype(d)


TYPES = ["<i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "|b1"]
FILTERS = {
    "none": {},
    "gzip": dict(compression="gzip"),
    "shuffle": dict(shuffle=True),
    "lzf": dict(compression="lzf", shuffle=True),
    "fletcher32": dict(fletcher32=True),
    "all": dict(compression="gzip", shuffle=True, fletcher32=True),
}
CHUNKS = {
    "single": dict(chunks=(41,)),
    "larger": dict(chunks=(64,), maxshape=(None,)),
    "fixed": dict(chunks=(10,)),
    "limited": dict(chunks=(10,), maxshape=(100,)),
    "growing": dict(chunks=(10,), maxshape=(None,)),
}


def kinds():
    """Every type, and every filter in every layout, in the formats of HDF5 1.8, 1.14 and 2.0."""
    at = np.arange(41)
    for version in ("v108", "v114", "v200"):
        with h5py.File(f"kinds_{version}.h5", "w", libver=(version, version)) as f:
            for kind in TYPES:
                f[f"contiguous.none.{kind}"] = number(kind, at)
            turn = 0
            for layout, chunks in CHUNKS.items():
                for filters, options in FILTERS.items():
                    kind = TYPES[turn % len(TYPES)]
                    turn += 1
                    f.create_dataset(f"{layout}.{filters}.{kind}", data=number(kind, at), **chunks, **options)
            plane = np.stack([number("<i4", at), number("<i4", at + 41)], 1)
            for name, maximum in {"fixed": None, "growing": (None, 2), "tree": (None, None)}.items():
                f.create_dataset(f"plane.{name}", data=plane, chunks=(7, 1), maxshape=maximum, compression="gzip")
            f["complex"] = (at / 4 - 3 + 1j * at).astype("<c8")
            skipped = f.create_dataset("skipped", shape=(41,), dtype="<i4", chunks=(10,), compression="gzip", shuffle=True)
            skipped[:] = at
            skipped.id.write_direct_chunk((10,), np.arange(10, 20, dtype="<i4").tobytes(), 3)
            f["type"] = np.dtype("<f4")
            f.create_dataset("committed", data=at / 4, dtype=f["type"])
        with h5py.File(f"sparse_{version}.h5", "w", libver=(version, version)) as f:
            for name, options in {"fixed": {}, "limited": dict(maxshape=(900,)), "growing": dict(maxshape=(None,))}.items():
                for filters in ("none", "gzip"):
                    d = f.create_dataset(f"{name}.{filters}", shape=(500,), dtype="<i4", chunks=(2,), fillvalue=-7, **options, **FILTERS[filters])
                    d[3] = 1
                    d[300:310] = 2
                    d[499] = 3


def types():
    """A column, array or dataset for each kind of type, with the values 0, 1, 2, 3."""
    at = np.arange(4)
    kinds = kinds_of_numbers()
    more = dict(
        big=at.astype(">i4"),
        quad=at.astype(np.longdouble),
        complex=(at - 1j * at).astype("c8"),
        text=np.array(list("abcd")),
        date=at.astype("M8[s]"),
        record=np.array([(k, k) for k in at], [("record.pt", "f4"), ("record.n", "i2")]),
        plane=np.stack([at, at], 1).astype("f4"),
        block=np.stack([np.stack([at, at], 1)] * 2, 2).astype("f4"),
    )
    np.savez_compressed("types.npz", x=at, **kinds, **more)
    with h5py.File("types.h5", "w") as f:
        for name, values in {"x": at, **kinds, **more}.items():
            if name == "text":
                f[name] = np.array(list("abcd"), h5py.string_dtype())
            else:
                f[name] = values.astype(h5py.opaque_dtype(values.dtype)) if name == "date" else values
        f["enum"] = at.astype(h5py.enum_dtype({"A": 0, "B": 1, "C": 2, "D": 3}, "i1"))
        f.create_dataset("fill", (4,), "f4", fillvalue=7)
        layout = h5py.h5t.IEEE_F32LE.copy()
        layout.set_fields(31, 20, 11, 0, 20)
        layout.set_ebias(1023)
        other = h5py.h5d.create(f.id, b"other", layout, h5py.h5s.create_simple((4,)))
        other.write(h5py.h5s.ALL, h5py.h5s.ALL, at.astype("f4"))
    with h5py.File("types_list.h5", "w") as f:
        f["x"] = at
        lists = f.create_dataset("list", (4,), h5py.vlen_dtype("f4"))
        for i in at:
            lists[i] = np.full(i, i, "f4")
    columns, nested = typed_tables()
    pq.write_table(columns, "types.parquet", write_page_checksum=True)
    pq.write_table(nested, "types_list.parquet", write_page_checksum=True)


def kinds_of_numbers():
    at = np.arange(4)
    kinds = {name: at.astype(name) for name in ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]}
    kinds["bool"] = at % 2 == 1
    return kinds


def typed_tables():
    """The same for Parquet and Arrow: kinds of numbers and others, and what is nested."""
    at = np.arange(4)
    columns = {"x": pa.array(at), **{name: pa.array(values) for name, values in kinds_of_numbers().items()}}
    columns["text"] = pa.array(list("abcd"))
    columns["date"] = pa.array(at.astype("i4"), pa.date32())
    columns["decimal"] = pa.array([str(k) for k in at]).cast(pa.decimal128(9, 2))
    columns["missing_float"] = pa.array([0, 1, 2, None], pa.float32())
    columns["missing_int"] = pa.array([0, 1, 2, None], pa.int32())
    nested = {
        "x": pa.array(at),
        "record": pa.array([{"pt": k, "n": k} for k in at], pa.struct([("pt", pa.float32()), ("n", pa.int16())])),
        "list": pa.array([[float(k)] * k for k in at], pa.list_(pa.float32())),
    }
    return pa.table(columns), pa.table(nested)


def arrow_file(name, table, **options):
    kind = pa.ipc.new_stream if name.endswith("s") else pa.ipc.new_file
    with kind(name, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as out:
        out.write_table(table, max_chunksize=70)


def arrow():
    """Streams (.arrows) and files (.arrow) of Arrow C++."""
    columns, nested = typed_tables()
    arrow_file("types.arrow", columns)
    arrow_file("types_list.arrow", nested)
    times = {
        "stamp": pa.array([1, 2, None], pa.timestamp("ns")),
        "time": pa.array([1, 2, 3], pa.time32("s")),
        "span": pa.array([1, 2, 3], pa.duration("s")),
        "months": pa.array([(1, 2, 3)] * 3, pa.month_day_nano_interval()),
    }
    others = {
        "nothing": pa.nulls(3),
        "text": pa.array(["a", None, "c"]),
        "long_text": pa.array(["a", "b", "c"], pa.large_string()),
        "view": pa.array(["a", "b" * 40, "c" * 50], pa.string_view()),
        "bytes": pa.array([b"a", b"b", b"c"], pa.binary(1)),
        "map": pa.array([{"a": 1}, {}, {}], pa.map_(pa.string(), pa.int32())),
        "words": pa.array(["a", "b", "a"]).dictionary_encode(),
        "either": pa.UnionArray.from_dense(
            pa.array([0, 1, 0], pa.int8()), pa.array([0, 0, 1], pa.int32()), [pa.array([1, 2]), pa.array([0.5])]
        ),
        "one_of": pa.UnionArray.from_sparse(
            pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3]), pa.array([0.5, 1.5, 2.5])]
        ),
    }
    missing = {
        "n": pa.array([1, None, 3], pa.int32()),
        "large": pa.array([2**60 + 1, None, 3], pa.int64()),
        "huge": pa.array([2**64 - 1, None, 2**63], pa.uint64()),
        "yes": pa.array([True, False, None], pa.bool_()),
        "pt": pa.array([1.5, 2.5, None], pa.float32()),
        "whole": pa.array([1, 2, 3], pa.int16()),
        "dec": pa.array(["12.5", "0.25", "12.34"]).cast(pa.decimal128(9, 2)),
        "small": pa.array(["12.5", None, "-0.25"]).cast(pa.decimal64(9, 2)),
        "long": pa.array(["0.25", "123456789012345678901.5", "-1.1"]).cast(pa.decimal256(60, 10)),
        "coded": pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.int8()), pa.array([0.5, 1.5], pa.float32())),
        "coded_n": pa.DictionaryArray.from_arrays(pa.array([1, 2, 0], pa.uint16()), pa.array([7, 8, None], pa.int64())),
    }
    # A missing list may have contents all the same.
    lists = pa.ListArray.from_arrays([0, 2, 3, 5], pa.array([1.5, 2.5, 99, 3.5, 4.5], pa.float64()), mask=pa.array([False, True, False]))
    jets = [[{"pt": 1.5, "n": 1, "hits": [1, 2]}, {"pt": None, "n": 2, "hits": []}], [], [{"pt": 3.5, "n": 3, "hits": [9]}]]
    struct = pa.struct([("pt", pa.float32()), ("n", pa.int8()), ("hits", pa.large_list(pa.uint16()))])
    shapes = {
        "run": pa.array([7, 8, 9], pa.int32()),
        "Jet": pa.array(jets, pa.list_(struct)),
        "el_pt": lists,
        "mu_pt": pa.array([[2.5], None, []], pa.large_list(pa.float64())),
        "mu_good": pa.array([[True], None, []], pa.large_list(pa.bool_())),
        "p4": pa.array([[1, 2, 3, 4], None, [5, 6, 7, 8]], pa.list_(pa.float32(), 4)),
        "met": pa.StructArray.from_arrays(
            [pa.array([1, 2, 3], pa.int16())], fields=[pa.field("x", pa.int16())], mask=pa.array([False, True, False])
        ),
        "tag": pa.DictionaryArray.from_arrays(pa.array([0, 1, 1], pa.int32()), pa.array([5, 15], pa.int64())),
        "names": pa.array([["a"], [], []], pa.list_(pa.string())),
    }
    arrow_file("missing.arrows", pa.table({**times, **others, **missing}))
    arrow_file("nested.arrows", pa.table(shapes))
    arrow_file("no_rows.arrows", pa.table(missing).slice(0, 0))
    views = {
        "ends": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array([0.5, 1.5])),
        "x": pa.array([1, 2, 3]),
        "views": pa.array([[1], [], [2, 3]], pa.list_view(pa.int32())),
    }
    arrow_file("other.arrows", pa.table(views))
    # Longer than a block of LZ4, which refers to the one before.
    long = pa.table({"k": (np.arange(40000) % 1000).astype("i4")})
    for codec in ["lz4", "zstd"]:
        with pa.ipc.new_file(codec + ".feather", long.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as out:
            out.write_table(long)
    # Dictionaries that grow, and that are replaced, and metadata as before version 0.15.
    schema = pa.schema([("e", pa.dictionary(pa.int8(), pa.float32()))])
    for name, options in {
        "growing": dict(emit_dictionary_deltas=True),
        "replaced": dict(),
        "old": dict(use_legacy_format=True, metadata_version=pa.ipc.MetadataVersion.V4),
    }.items():
        with pa.ipc.new_stream(name + ".arrows", schema, options=pa.ipc.IpcWriteOptions(**options)) as out:
            for k in [2, 3, 4] if name != "old" else [4]:
                array = pa.DictionaryArray.from_arrays(pa.array([k - 1, 0], pa.int8()), pa.array(np.arange(k, dtype="f4")))
                out.write_batch(pa.record_batch([array], schema))


def polars():
    frame = pl.DataFrame(
        {
            "x": pl.Series([1, 2, None], dtype=pl.Int32),
            "text": ["a", "b" * 30, "c"],
            "pt": pl.Series([[1.5, 2.5], [], [3.5]], dtype=pl.List(pl.Float32)),
            "word": pl.Series(["u", "v", "u"], dtype=pl.Categorical),
        }
    )
    frame.write_ipc("polars.arrow")


if __name__ == "__main__":
    types()
    parquet()
    arrow()
    polars()
    kinds()
    hdf5()
