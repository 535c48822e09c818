package org.jetfold.codec.golden;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.SegmentValues;

/** Files with a block that is wrong (sections 8 and 9). */
final class BadBlocks {
  private BadBlocks() {}

  static List<BadFile> all() {
    return List.of(
        BadFile.damaged("block-before-distributions", file -> file.blocksFirst = true),
        place("block-of-other-distributions", 2, 0),
        place("block-at-another-entry", 1, 1),
        place("block-at-no-entry", 1, -1),
        first("block-without-entries", block -> block.entries = new long[] {0, 3}),
        first("block-with-more-jets", block -> block.entries = new long[] {2, 4}),
        first("block-with-fewer-jets", block -> block.entries = new long[] {2, 2}),
        first("block-with-too-many-entries", block -> block.entries = new long[] {1L << 31, 3}),
        first("block-with-too-many-values", block -> block.entries = new long[] {1 << 23, 3}),
        head("block-head-too-long", 0, 0, 1),
        head("block-head-too-short", 0, 0, -1),
        head("body-longer-than-streams", 0, 1, 0),
        head("body-shorter-than-streams", 0, -1, 0),
        head("stream-promised", 1 << 30, 0, 0),
        stream("stream-too-short", 1, bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
        stream("stream-too-long", 1, bytes -> BadHeaders.added(bytes, 0)),
        stream("stream-far-too-long", 1, bytes -> Arrays.copyOf(bytes, 1000)),
        stream("stream-empty", 1, bytes -> SmallFile.NO_BYTES),
        // 2 symbols of 3 raw bits leave the upper two bits of the byte.
        stream("raw-padding-bits", 1, bytes -> BadHeaders.with(bytes, 0, bytes[0] | 0x80)),
        // The lowest bit of the first state of the numbers of jets.
        stream("state-not-at-end", 0, bytes -> BadHeaders.with(bytes, 0, bytes[0] ^ 1)),
        stream("coder-cut", 3, bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
        stream("coder-padding-bits", 3, bytes -> BadHeaders.with(bytes, 1, bytes[1] | 0x80)),
        stream("coder-byte-too-many", 0, bytes -> BadHeaders.added(bytes, 0)),
        BadFile.damaged(
            "dithered-block-without-seed",
            file -> {
              SegmentValues.Fields scale = new SegmentValues.Fields(List.of(), true, 1, 2);
              long bound = Double.doubleToRawLongBits(0.5);
              long[][] symbols = {{2, 5, 7}, {0}};
              file.pt(HeaderFields.DITHERED_ABSOLUTE, bound, scale, 20, -1, symbols);
              withHead(file, 0, 0, 0);
            }),
        BadFile.damaged(
            "symbols-without-distribution", file -> file.trees.set(1, ForgedTree.empty())),
        BadFile.damaged(
            "list-count-negative",
            file -> {
              // −4 … 3 in one leaf; −1 and 4 add up to 3.
              file.trees.set(0, ForgedTree.ofOneLeaf(3, 4, -1));
              file.blocks.getFirst().streams.set(0, file.stream(0, -1, 4));
              file.blocks.getLast().streams.set(0, file.stream(0, 1));
            }),
        BadFile.damaged(
            "list-counts-add-up-to-others",
            file -> file.blocks.getFirst().streams.set(0, file.stream(0, 1, 1))),
        BadFile.damaged(
            "list-counts-overflow",
            file -> {
              file.trees.set(0, ForgedTree.ofOneLeaf(3, 64, -1));
              file.blocks.getFirst().streams.set(0, file.stream(0, Long.MAX_VALUE, -3));
              file.blocks.getLast().streams.set(0, file.stream(0, 1));
            }),
        BadFile.damaged(
            "symbol-beyond-64-bits-by-its-grid",
            file -> {
              // 2^62 · 2 is one too large.
              file.trees.set(1, new ForgedTree(0, 3, 1, 0, 64, -1, new ForgedTree.Leaf()));
              file.blocks.getFirst().streams.set(1, file.stream(1, 1L << 62, 0));
              file.blocks.getLast().streams.set(1, file.stream(1, 0));
            }),
        BadFile.damaged(
            "symbol-below-64-bits-by-its-grid",
            file -> {
              // −2 · 2^63 + 2^63 − 1.
              file.trees.set(1, new ForgedTree(0, 3, 63, 0, 64, -1, new ForgedTree.Leaf()));
              file.blocks.getFirst().streams.set(1, file.stream(1, -2, 0));
              file.blocks.getLast().streams.set(1, file.stream(1, 0));
            }),
        BadFile.damaged(
            "symbol-outside-int8",
            file -> {
              file.trees.set(3, ForgedTree.ofOneLeaf(4, 9, -1));
              file.blocks.getFirst().streams.set(3, file.stream(3, -1, 128, 1));
              file.blocks.getLast().streams.set(3, file.stream(3, -1));
            }),
        BadFile.damaged(
            "rank-beyond-the-last-nan",
            file -> {
              file.trees.set(2, ForgedTree.ofOneLeaf(4, 64, -1));
              // Infinity's rank is FF·2^7; there are 2^23 − 1 NaNs behind it.
              long beyond = (0xFFL << 7) + (1 << 23);
              file.blocks.getFirst().streams.set(2, file.stream(2, 16256, 16384, beyond));
              file.blocks.getLast().streams.set(2, file.stream(2, 16511));
            }),
        BadFile.spoilt(
            "block-checksum",
            (bytes, file) -> {
              int head = (int) (file.offsets.get(2) + 21);
              return BadHeaders.with(bytes, head, bytes[head] + 1);
            }),
        BadFile.spoilt(
            "stream-checksum",
            (bytes, file) -> {
              int last = (int) (file.offsets.get(3) - 1);
              return BadHeaders.with(bytes, last, bytes[last] ^ 0x40);
            }));
  }

  private static BadFile first(String name, Consumer<SmallFile.Block> change) {
    return BadFile.damaged(name, file -> change.accept(file.blocks.getFirst()));
  }

  private static BadFile place(String name, long back, long first) {
    return first(
        name,
        block -> {
          block.back = back;
          block.first = first;
        });
  }

  private interface Change {
    byte[] of(byte[] bytes);
  }

  private static BadFile stream(String name, int stream, Change change) {
    return first(name, block -> block.streams.set(stream, change.of(block.streams.get(stream))));
  }

  /** A head that adds to the last stream's length, to the body, and to the head itself. */
  private static BadFile head(String name, int moreStream, int moreBody, int moreHead) {
    return BadFile.damaged(name, file -> withHead(file, moreStream, moreBody, moreHead));
  }

  private static void withHead(SmallFile file, int moreStream, int moreBody, int moreHead) {
    SmallFile.Block block = file.blocks.getFirst();
    ForgedBytes head = new ForgedBytes().varint(1).varint(0).varint(2).varint(3);
    ForgedBytes body = new ForgedBytes();
    for (int stream = 0; stream < 4; stream++) {
      byte[] bytes = block.streams.get(stream);
      head.varint(bytes.length + (stream == 3 ? moreStream : 0)).u32(ForgedFile.crc(bytes));
      body.raw(bytes);
    }
    block.head = Arrays.copyOf(head.bytes(), head.size() + moreHead);
    block.body = Arrays.copyOf(body.bytes(), body.size() + moreBody);
    file.totals = new long[] {3, 4};
  }
}
