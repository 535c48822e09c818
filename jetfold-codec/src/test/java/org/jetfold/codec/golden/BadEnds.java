package org.jetfold.codec.golden;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedTable;

/** Files whose frames are in the wrong places, or whose footer or trailer is wrong (3 and 10). */
final class BadEnds {
  private static final byte[] NOTHING = SmallFile.NO_BYTES;

  private BadEnds() {}

  static List<BadFile> all() {
    return List.of(
        BadFile.damaged("gap-before-sections", file -> file.before = BadEnds::gap),
        BadFile.damaged("gap-between-sections", file -> file.between = BadEnds::gap),
        BadFile.damaged("gap-behind-sections", file -> file.behind = BadEnds::gap),
        BadFile.damaged(
            "upper-case-frame-unknown",
            file -> file.behind = bytes -> bytes.frame('X', NOTHING, NOTHING)),
        BadFile.damaged("lower-case-frame-between", file -> file.between = BadEnds::lowerCase),
        BadFile.damaged(
            "lower-case-frame-with-wrong-number",
            file -> file.behind = bytes -> bytes.frame('x', 3, NOTHING, 0, NOTHING)),
        BadFile.damaged(
            "frame-of-no-letter",
            file -> file.behind = bytes -> bytes.frame('{', NOTHING, NOTHING)),
        BadFile.damaged(
            "frame-longer-than-file",
            file -> file.behind = bytes -> bytes.frame('x', 4, NOTHING, 1 << 30, NOTHING)),
        // The frame counts as one, so that the block behind has another number than it should.
        BadFile.damaged(
            "block-unlisted",
            file ->
                file.between =
                    bytes -> bytes.frame('B', new byte[] {2, 2, 1, 1, 0, 0, 0, 0}, NOTHING)),
        BadFile.damaged("model-unannounced", file -> file.before = model(0, "x")),
        models("model-missing", file -> {}),
        models("model-with-another-hash", file -> model(0, "x").accept(file)),
        models("model-with-another-number", file -> model(1, "").accept(file)),
        BadFile.unsupported(
            "column-coded-by-a-model",
            file -> {
              byte[] coded = SmallFile.column("run", 4, 0, new byte[] {0}, 1);
              file.header = header(coded, false);
            }),
        BadFile.damaged("footer-totals", file -> file.totals = new long[] {3, 5}),
        BadFile.damaged("footer-total-of-events", file -> file.totals = new long[] {4, 4}),
        BadFile.damaged("footer-with-body", file -> file.footerBody = new byte[] {1}),
        BadFile.damaged("footer-too-short", file -> file.footer = new byte[] {2, 'T', 99}),
        BadFile.damaged("footer-of-nothing", file -> file.footer = new byte[] {0, 0, 0}),
        BadFile.damaged(
            "footer-of-another-kind",
            file ->
                file.footer = new ForgedBytes().u8(1).u8('M').varint(1).u32(0).u8(0).u8(0).bytes()),
        // The second section is told to stand near 2^63, the third right behind.
        BadFile.damaged(
            "footer-of-sections-beyond",
            file ->
                file.footer =
                    new ForgedBytes()
                        .u8(3)
                        .u8('T')
                        .varint(68)
                        .u32(0)
                        .u8('T')
                        .varint(Long.MAX_VALUE - 90)
                        .u32(0)
                        .u8('T')
                        .varint(1)
                        .u32(0)
                        .u8(0)
                        .u8(0)
                        .bytes()),
        // Sections 2^40, and no byte of them.
        BadFile.damaged(
            "footer-sections-promised",
            file -> file.footer = new ForgedBytes().varint(1L << 40).bytes()),
        statistics("footer-minimum", 0, new ForgedTable.Statistics(1, 0, 4, 6, 0)),
        statistics("footer-maximum", 0, new ForgedTable.Statistics(1, 0, 5, 7, 0)),
        statistics("footer-no-range", 0, new ForgedTable.Statistics(0, 0, 0, 0, 0)),
        statistics("footer-error-of-exact", 0, new ForgedTable.Statistics(3, 0, 5, 6, 0)),
        statistics(
            "footer-no-error", 1, new ForgedTable.Statistics(1, 0, 16256L << 16, 16384L << 16, 0)),
        statistics(
            "footer-error-negative",
            1,
            new ForgedTable.Statistics(3, 0, 16256L << 16, 16384L << 16, -1)),
        statistics("footer-flags-unknown", 0, new ForgedTable.Statistics(9, 0, 5, 6, 0)),
        statistics("footer-nans-of-integers", 0, new ForgedTable.Statistics(5, 1, 5, 6, 0)),
        statistics(
            "footer-nans", 1, new ForgedTable.Statistics(7, 1, 16256L << 16, 16384L << 16, 0)),
        statistics(
            "footer-nans-none", 1, new ForgedTable.Statistics(7, 0, 16256L << 16, 16384L << 16, 0)),
        statistics(
            "footer-nans-more-than-values",
            1,
            new ForgedTable.Statistics(7, 4, 16256L << 16, 16384L << 16, 0)),
        statistics(
            "footer-range-of-nans", 1, new ForgedTable.Statistics(7, 3, 16256L << 16, 1 << 30, 0)),
        listed("footer-jets-of-a-block", 2, 2),
        listed("footer-events-of-a-block", 1, 3),
        BadFile.damaged("trailer-elsewhere", file -> file.footerOffset = 10),
        BadFile.damaged("trailer-beyond", file -> file.footerOffset = Long.MAX_VALUE),
        BadFile.spoilt("trailer-missing", (bytes, file) -> cut(bytes, bytes.length - 16)),
        BadFile.spoilt("trailer-cut", (bytes, file) -> cut(bytes, bytes.length - 1)),
        BadFile.spoilt(
            "trailer-checksum",
            (bytes, file) -> BadHeaders.with(bytes, bytes.length - 5, bytes[bytes.length - 5] + 1)),
        BadFile.spoilt(
            "trailer-end", (bytes, file) -> BadHeaders.with(bytes, bytes.length - 1, 'F')),
        BadFile.spoilt("bytes-behind-trailer", (bytes, file) -> BadHeaders.added(bytes, 0)),
        BadFile.spoilt(
            "footer-missing", (bytes, file) -> cut(bytes, (int) (long) file.offsets.getLast())),
        BadFile.spoilt(
            "footer-checksum",
            (bytes, file) -> {
              int head = (int) (file.offsets.getLast() + 25);
              return BadHeaders.with(bytes, head, bytes[head] + 1);
            }),
        BadFile.spoilt(
            "ends-in-block", (bytes, file) -> cut(bytes, (int) (file.offsets.get(3) + 30))));
  }

  private static void gap(ForgedFile file) {
    file.raw(new byte[5]);
  }

  private static void lowerCase(ForgedFile file) {
    file.frame('x', NOTHING, NOTHING);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static BadFile statistics(String name, int column, ForgedTable.Statistics statistics) {
    return BadFile.damaged(name, file -> file.blocks.getFirst().statistics.set(column, statistics));
  }

  /** A footer that says other entries of the first block, and totals that suit them. */
  private static BadFile listed(String name, long events, long jets) {
    return BadFile.damaged(
        name,
        file -> {
          file.blocks.getFirst().listed = new long[] {events, jets};
          file.totals = new long[] {events + 1, jets + 1};
        });
  }

  private static Consumer<ForgedFile> model(int number, String content) {
    byte[] body = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return file -> file.frame('M', new byte[] {(byte) number}, body);
  }

  private static BadFile models(String name, Consumer<ForgedFile> before) {
    return BadFile.damaged(
        name,
        file -> {
          file.header = header(SmallFile.run(), true);
          file.before = before;
        });
  }

  /** A header with a model of kind 1 whose hash is that of no bytes. */
  private static byte[] header(byte[] run, boolean embedded) {
    String hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    byte[] group = SmallFile.group("", List.of(run), List.of(SmallFile.jets()));
    return new ForgedBytes()
        .varint(0)
        .varint(0)
        .string("golden 1")
        .varint(1)
        .u8(1)
        .raw(java.util.HexFormat.of().parseHex(hash))
        .u8(embedded ? 1 : 0)
        .raw(group)
        .bytes();
  }
}
