package org.jetfold.codec.golden;

import static org.jetfold.codec.golden.SmallFile.column;
import static org.jetfold.codec.golden.SmallFile.group;
import static org.jetfold.codec.golden.SmallFile.header;
import static org.jetfold.codec.golden.SmallFile.jets;
import static org.jetfold.codec.golden.SmallFile.run;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.forge.ForgedBytes;

/** Files whose first bytes or header are wrong (sections 3 and 4). */
final class BadHeaders {
  private static final byte[] EXACT = {0};

  private BadHeaders() {}

  static List<BadFile> all() {
    return List.of(
        new BadFile("empty-file", true, new byte[0]),
        BadFile.unsupported("major-version-2", file -> file.major = 2),
        BadFile.unsupported("major-version-0", file -> file.major = 0),
        // Feature 5 is required.
        BadFile.unsupported("required-feature", file -> file.header[0] = 0x20),
        BadFile.unsupported("required-feature-4", file -> file.header[0] = 16),
        BadFile.damaged("feature-of-earlier-losses-alone", file -> file.header[0] = 8),
        BadFile.damaged("feature-of-dither-alone", file -> file.header[0] = 2),
        columns("dithered-without-feature", column("run", 10, 0, bound(5, 0.01), 0)),
        dithered("dithered-rel-0", column("run", 10, 0, bound(5, 0.0), 0)),
        dithered("dithered-rel-above-a-quarter", column("run", 10, 0, bound(5, 0.2500001), 0)),
        dithered("dithered-rel-nan", column("run", 11, 0, bound(5, Double.NaN), 0)),
        dithered("dithered-abs-0", column("run", 10, 0, bound(6, 0.0), 0)),
        dithered(
            "dithered-abs-infinite", column("run", 11, 0, bound(6, Double.POSITIVE_INFINITY), 0)),
        dithered("dithered-integers", column("run", 4, 0, bound(6, 0.5), 0)),
        dithered("dithered-floats-that-hold-integers", column("run", 10, 1, bound(6, 0.5), 0)),
        columns("scaled-by-no-column", column("run", 10, 0, scaled(0.1, "err"), 0)),
        columns("scaled-by-itself", column("run", 10, 0, scaled(0.1, "run"), 0)),
        columns("scaled-by-0", column("run", 10, 0, scaled(0, "err"), 0), err(10)),
        columns("scaled-by-integers", column("run", 10, 0, scaled(0.1, "err"), 0), err(4)),
        columns("scaled-integers", column("run", 4, 0, scaled(0.1, "err"), 0), err(10)),
        columns("step-0", column("run", 10, 0, new byte[] {11, 0, 4}, 0)),
        columns("step-with-a-zero-at-its-end", column("run", 10, 0, new byte[] {11, 10, 4}, 0)),
        columns("step-of-seven-digits", column("run", 11, 0, step(1_000_001, 6), 0)),
        columns("step-too-small", column("run", 11, 0, step(1, 16), 0)),
        columns("step-too-large", column("run", 11, 0, step(11, -15), 0)),
        columns("step-beyond-all-powers-of-ten", column("run", 11, 0, step(1, 1L << 40), 0)),
        columns("step-of-integers", column("run", 4, 0, step(1, 2), 0)),
        columns("precision-7", column("run", 10, 0, bound(7, 0.5), 0)),
        new BadFile("bad-magic", true, firstByteSpoilt()),
        BadFile.spoilt("ends-in-magic", (bytes, file) -> Arrays.copyOf(bytes, 7)),
        BadFile.spoilt("ends-in-header", (bytes, file) -> Arrays.copyOf(bytes, 40)),
        // The minor version is part of the salt.
        BadFile.spoilt("minor-version-changed", (bytes, file) -> with(bytes, 9, 7)),
        BadFile.spoilt("header-checksum", (bytes, file) -> with(bytes, 35, 'x')),
        BadFile.damaged("header-with-body", file -> file.headerBody = new byte[] {1}),
        BadFile.damaged("header-too-long", file -> file.header = added(file.header, 0)),
        BadFile.damaged("header-too-short", file -> file.header = Arrays.copyOf(file.header, 12)),
        // 'optional' as 80 00 rather than 00.
        BadFile.damaged("varint-superfluous-byte", file -> file.header = bytes(0, 0x80, 0)),
        // Ten bytes whose last is 2: 2^64.
        BadFile.damaged(
            "varint-too-large",
            file ->
                file.header = bytes(0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2)),
        BadFile.damaged(
            "varint-too-long",
            file ->
                file.header =
                    bytes(0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)),
        // A string of one byte FF.
        BadFile.damaged("string-not-utf8", file -> file.header = bytes(0, 0, 1, 0xFF)),
        // A string of 2^62 bytes.
        BadFile.damaged(
            "string-too-long",
            file -> file.header = new ForgedBytes().u8(0).u8(0).varint(1L << 62).bytes()),
        // 2^31−1 models, and no byte of them.
        BadFile.damaged(
            "models-promised",
            file ->
                file.header =
                    new ForgedBytes().u8(0).u8(0).u8(0).varint(Integer.MAX_VALUE).bytes()),
        // 2^40 columns in the root.
        BadFile.damaged(
            "columns-promised",
            file ->
                file.header =
                    new ForgedBytes().u32(0).u8(0).varint(1L << 40).raw(new byte[99]).bytes()),
        columns("column-unnamed", column("", 4, 0, EXACT, 0)),
        columns("column-twice", run(), run()),
        columns("type-0", column("run", 0, 0, EXACT, 0)),
        columns("type-12", column("run", 12, 0, EXACT, 0)),
        columns("flags-unknown", column("run", 10, 4, EXACT, 0)),
        columns("flag-of-floats-on-integers", column("run", 4, 1, EXACT, 0)),
        columns("precision-unknown", column("run", 10, 0, new byte[] {4}, 0)),
        columns("bits-0", column("run", 10, 0, new byte[] {1, 0}, 0)),
        columns("bits-24-of-float32", column("run", 10, 0, new byte[] {1, 24}, 0)),
        columns("bits-53-of-float64", column("run", 11, 0, new byte[] {1, 53}, 0)),
        columns("rel-0", column("run", 10, 0, bound(2, 0.0), 0)),
        columns("rel-1", column("run", 10, 0, bound(2, 1.0), 0)),
        columns("rel-nan", column("run", 10, 0, bound(2, Double.NaN), 0)),
        columns("abs-negative", column("run", 10, 0, bound(3, -0.5), 0)),
        columns("abs-infinite", column("run", 11, 0, bound(3, Double.POSITIVE_INFINITY), 0)),
        columns("lossy-integers", column("run", 4, 0, new byte[] {1, 7}, 0)),
        columns("lossy-floats-that-hold-integers", column("run", 10, 1, new byte[] {1, 7}, 0)),
        columns("coding-without-model", column("run", 4, 0, EXACT, 1)),
        BadFile.damaged(
            "root-named",
            file -> file.header = header(group("root", List.of(run()), List.of(jets())))),
        BadFile.damaged(
            "list-unnamed",
            file ->
                file.header =
                    header(group("", List.of(run()), List.of(group("", List.of(), List.of()))))),
        BadFile.damaged(
            "list-twice",
            file -> file.header = header(group("", List.of(run()), List.of(jets(), jets())))),
        BadFile.damaged("nested-17-deep", file -> file.header = header(nested(17))));
  }

  private static BadFile columns(String name, byte[]... columns) {
    return BadFile.damaged(
        name, file -> file.header = header(group("", List.of(columns), List.of(jets()))));
  }

  private static BadFile dithered(String name, byte[] column) {
    return BadFile.damaged(
        name,
        file -> file.header = with(header(group("", List.of(column), List.of(jets()))), 0, 2));
  }

  private static byte[] nested(int depth) {
    byte[] group = group("x", List.of(), List.of());
    for (int i = 1; i < depth; i++) {
      group = group("x", List.of(), List.of(group));
    }
    return group("", List.of(), List.of(group));
  }

  private static byte[] scaled(double factor, String column) {
    return new ForgedBytes().u8(8).f64(factor).string(column).bytes();
  }

  private static byte[] err(int type) {
    return column("err", type, 0, EXACT, 0);
  }

  private static byte[] step(long unscaled, long digits) {
    long zigzag = (digits << 1) ^ (digits >> 63);
    return new ForgedBytes().u8(11).varint(unscaled).varint(zigzag).bytes();
  }

  static byte[] bound(int precision, double bound) {
    return new ForgedBytes().u8(precision).f64(bound).bytes();
  }

  private static byte[] bytes(int... bytes) {
    ForgedBytes out = new ForgedBytes();
    for (int each : bytes) {
      out.u8(each);
    }
    return out.bytes();
  }

  static byte[] added(byte[] bytes, int more) {
    return new ForgedBytes().raw(bytes).u8(more).bytes();
  }

  static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] firstByteSpoilt() {
    return with(new SmallFile().bytes(), 0, 0x0A);
  }
}
