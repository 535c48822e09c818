package org.jetfold.codec.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedContexts;
import org.jetfold.codec.forge.ForgedTable;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.forge.ForgedTree.Both;
import org.jetfold.codec.forge.ForgedTree.Leaf;
import org.jetfold.codec.forge.ForgedTree.Node;
import org.jetfold.codec.forge.ForgedTree.One;
import org.jetfold.codec.forge.ForgedTree.Single;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.SegmentValues;

/** Good files that the writer of this version would not make, field by field. */
final class HandMadeFiles {
  private static final Leaf LEAF = new Leaf();

  private HandMadeFiles() {}

  /** All files by name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    put(all, "small", file -> {});
    put(all, "minor-version-9", file -> file.minor = 9);
    // Features 0 and 63, which a reader may ignore.
    put(
        all,
        "optional-features",
        file ->
            file.header =
                new ForgedBytes()
                    .varint(0)
                    .varint(1L << 63 | 1)
                    .raw(java.util.Arrays.copyOfRange(file.header, 2, file.header.length))
                    .bytes());
    put(
        all,
        "lower-case-frames",
        file -> {
          file.minor = 1;
          file.behind =
              out -> {
                out.frame('a', SmallFile.NO_BYTES, SmallFile.NO_BYTES);
                out.frame('z', new byte[] {1, 2, 3}, new byte[] {4, 5});
              };
        });
    put(all, "embedded-model", HandMadeFiles::withModel);
    put(
        all,
        "refined",
        file -> {
          // The second event's jet is one float higher.
          BadGuarantees.refinement(1, new long[] {1}, new long[] {1}).accept(file);
          long[] pt = {16256 << 16, 16384 << 16, (16300 << 16) + 1};
          HeaderFields.Column column = file.fields.columns().get(1);
          file.blocks.getFirst().statistics.set(1, ForgedTable.statistics(column, pt, 0x1p-9));
        });
    put(
        all,
        "escape",
        file -> {
          // Only −1 has a leaf; 0 and 1 are escapes of 64 bits.
          replace(file, 3, new ForgedTree(0, 2, 5, 0, -1, LEAF), new long[][] {{-1, 0, 1}, {-1}});
        });
    put(
        all,
        "level-64-leaf",
        file -> replace(file, 1, ForgedTree.ofOneLeaf(1, 64, -1), new long[][] {{5, 6}, {11}}));
    put(
        all,
        "level-64-halves",
        file -> {
          // The lower half in one leaf; the upper one is halved 62 times on the way to 4 … 5, told
          // as the one of two symbols' half that 5 lies in.
          Node upper = LEAF;
          for (int level = 3; level < 63; level++) {
            upper = new One(0, upper);
          }
          ForgedTree tree = new ForgedTree(0, 100, 9, 64, -1, new Both(-3, LEAF, upper));
          replace(file, 1, tree, new long[][] {{5, 6}, {11}});
        });
    put(
        all,
        "reference-previous-of-counts",
        file -> {
          // 2, 1 is told as 2, −1; 1 as 1. The leaf is −4 … 3.
          ForgedTree tree = new ForgedTree(1, 3, 0, 3, -1, LEAF);
          replace(file, 0, tree, new long[][] {{2, -1}, {1}});
        });
    put(
        all,
        "reference-to-column-of-another-type",
        file -> {
          // q is told as its difference to pt's symbols, 16256, 16384, 16300; 16511.
          ForgedTree tree = ForgedTree.ofOneLeaf(4, 15, -2);
          ForgedTree column =
              new ForgedTree(3, tree.total(), 0, tree.level(), tree.place(), tree.root());
          replace(file, 3, column, new long[][] {{-1 - 16256, -16384, 1 - 16300}, {-1 - 16511}});
        });
    put(
        all,
        "contexts-of-a-column-behind",
        file -> {
          // q is −1, 0, 1; −1. Values of pt where its size is 1 are in the second context.
          ForgedTree tree = ForgedTree.ofOneLeaf(4, 15, 0);
          inContexts(
              file,
              2,
              new ForgedContexts(0, 0, 4, List.of(1L), 0, List.of(tree, tree)),
              new int[][] {{0, 0, 1}, {0}},
              new long[][] {{16256, 16384, 16300}, {16511}});
        });
    put(
        all,
        "contexts-of-rows-before",
        file -> {
          // The lists are −1, 0; 1; −1: only the second row refers to the one before.
          ForgedTree tree = ForgedTree.ofOneLeaf(4, 3, -1);
          inContexts(
              file,
              3,
              new ForgedContexts(1, 0, 0, List.of(), 0, List.of(tree, tree)),
              new int[][] {{0, 1, 0}, {0}},
              new long[][] {{-1, 1, 1}, {-1}});
        });
    put(
        all,
        "contexts-of-places-referring-to-a-column-behind",
        file -> {
          // pt less q: both as many integers. Of the third context there is no row.
          ForgedTree tree = ForgedTree.ofOneLeaf(4, 15, 0);
          inContexts(
              file,
              2,
              new ForgedContexts(2, 2, 1, List.of(1L, 2L), 0, List.of(tree, tree, tree)),
              new int[][] {{0, 1, 0}, {0}},
              new long[][] {{16256 + 1, 16384, 16300 - 1}, {16511 + 1}});
        });
    put(
        all,
        "grid",
        file -> {
          // Runs −1, 1024; 0 are −1, 1; 0 without ten bits. The leaf is −4 … 3.
          ForgedTree tree = new ForgedTree(1, 3, 10, 0, 3, -1, LEAF);
          replace(file, 1, tree, new long[][] {{-1, 2}, {0}});
          runs(file, 0, -1, 1024);
          runs(file, 1, 0);
        });
    put(
        all,
        "grid-of-63",
        file -> {
          // Such symbols are −1 and 0, and two more that an INT32 does not have.
          ForgedTree tree = new ForgedTree(0, 3, 63, 0, 1, -1, new Both(0, LEAF, LEAF));
          replace(file, 1, tree, new long[][] {{-1, 0}, {0}});
          runs(file, 0, -1, 0);
          runs(file, 1, 0);
        });
    put(
        all,
        "grid-and-reference-to-a-column-off-it",
        file -> {
          // q is −1, 0, 0; −1 without four bits too, and pt's symbols, which are not on the grid,
          // are 1016, 1024, 1018; 1031.
          ForgedTree tree = new ForgedTree(3, 4, 4, 0, 12, -1, LEAF);
          replace(file, 3, tree, new long[][] {{-1 - 1016, -1024, -1018}, {-1 - 1031}});
          charges(file, 0, -1, 0, 0);
        });
    put(
        all,
        "single-symbols",
        file -> {
          // −2^40 … 2^40−1, of which each half is one symbol, −1 and 0; 1 is an escape.
          ForgedTree tree =
              new ForgedTree(
                  0, 4, 1, 41, -1, new Both(0, new Single((1L << 40) - 1), new Single(0)));
          replace(file, 3, tree, new long[][] {{-1, 0, 1}, {-1}});
        });
    put(
        all,
        "single-symbol-of-level-64",
        file -> {
          // The one symbol 11 of all there are.
          ForgedTree tree = new ForgedTree(0, 3, 0, 64, -1, new Single(11 + Long.MIN_VALUE));
          replace(file, 1, tree, new long[][] {{11, 11}, {11}});
          runs(file, 0, 11, 11);
        });
    put(
        all,
        "split-clamped",
        file ->
            replace(
                file,
                0,
                new ForgedTree(
                    0, Integer.MAX_VALUE, 0, 1, 1, new Both(Integer.MAX_VALUE, LEAF, LEAF)),
                new long[][] {{2, 1}, {1}}));
    put(
        all,
        "superfluous-bytes-of-the-binary-coder",
        file -> {
          org.jetfold.codec.forge.ForgedBits bits = new org.jetfold.codec.forge.ForgedBits();
          bits.number("SPIKES", 0);
          file.trees.forEach(tree -> tree.writeStream(bits));
          file.distributions = new ForgedBytes().raw(bits.finish()).u64(-1).bytes();
        });
    putSpikes(all);
    putDithered(all);
    return all;
  }

  private static void putSpikes(Map<String, byte[]> all) {
    List<Long> spikes = List.of(ordinal(-999), ordinal(1), ordinal(1.0625f));
    SegmentValues.Fields scale = new SegmentValues.Fields(spikes, false, 0, 0);
    // Without spikes −999 is −1 − 17529, 1 is 16256 and 1.0625 is 16264: that is −17528, 16261
    // and 16272 with them. 16262 is what is left of the cell of 1, and 16300 that of 16291.
    put(
        all,
        "spikes-under-bits",
        file ->
            file.pt(1, 7, scale, 20, -1, new long[] {-17528, 16261, 16272}, new long[] {16300}));
    // Steps are of 1, so that κ is −999 − 1, 1 and 1: spikes are −998, 6 and 9. 8 is between the
    // last two, and becomes the float before 1.0625; 10 is behind both, and what follows it.
    put(
        all,
        "spikes-under-abs",
        file -> file.pt(3, bits(0.5), scale, 20, -1, new long[] {-998, 6, 8}, new long[] {10}));
    put(
        all,
        "spikes-under-rel",
        file ->
            file.pt(2, bits(0.01), scale, 64, -1, new long[] {0, -1, 1L << 22}, new long[] {9}));
    put(
        all,
        "spikes-1024",
        file ->
            file.pt(3, bits(0.5), thousand(1024), 20, -1, new long[] {2, 5, 3074}, new long[] {0}));
  }

  /** So many floats from 0 on. */
  static SegmentValues.Fields thousand(int count) {
    return new SegmentValues.Fields(LongStream.range(0, count).boxed().toList(), false, 0, 0);
  }

  private static void putDithered(Map<String, byte[]> all) {
    List<Long> spikes = List.of(ordinal(-999), ordinal(1));
    SegmentValues.Fields scale = new SegmentValues.Fields(spikes, true, ordinal(-50), ordinal(100));
    SegmentValues.Fields undithered = new SegmentValues.Fields(spikes, false, 0, 0);
    SegmentValues.Fields wide =
        new SegmentValues.Fields(
            List.of(), true, ordinal(-Float.MAX_VALUE), ordinal(Float.MAX_VALUE));
    int abs = HeaderFields.DITHERED_ABSOLUTE;
    int rel = HeaderFields.DITHERED_RELATIVE;
    // Steps are of 1: spikes are −997, 5 and 8 (the zeros) and 12. 212 would be some 200.
    long[][] symbols = {{-997, 212, 12}, {8}};
    put(all, "dithered-abs", file -> file.pt(abs, bits(0.5), scale, 20, -1, symbols));
    put(
        all,
        "dithered-abs-of-another-seed",
        file -> {
          file.seed = -1;
          file.blocks.getLast().ordinal = -3;
          file.pt(abs, bits(0.5), scale, 20, -1, new long[] {-7, 62, 13}, new long[] {9});
        });
    put(
        all,
        "dithered-abs-but-not-here",
        file -> file.pt(abs, bits(0.5), undithered, 20, -1, symbols));
    put(
        all,
        "dithered-abs-below-all-floats",
        file -> file.pt(abs, bits(1e-50), wide, 64, -1, new long[] {0, -1, 1}, new long[] {99}));
    // The first cell of normal magnitudes, the last one, and infinity.
    put(
        all,
        "dithered-rel",
        file ->
            file.pt(
                rel,
                bits(0.25),
                wide,
                64,
                -1,
                new long[] {8388608, 8388954, 8388955},
                new long[] {0}));
    put(
        all,
        "dithered-rel-like-undithered",
        file ->
            file.pt(
                rel, bits(1e-4), wide, 64, -1, new long[] {9000000, -1, 8388608}, new long[] {0}));
  }

  private static long bits(double bound) {
    return Double.doubleToRawLongBits(bound);
  }

  /** Section 6.7. */
  static long ordinal(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits < 0 ? -1 - (bits & Integer.MAX_VALUE) : bits;
  }

  private static void put(Map<String, byte[]> all, String name, Consumer<SmallFile> change) {
    SmallFile file = new SmallFile();
    change.accept(file);
    all.put(name, file.bytes());
  }

  private static void replace(SmallFile file, int stream, ForgedTree tree, long[][] coded) {
    file.trees.set(stream, tree);
    List<SmallFile.Block> blocks = file.blocks;
    for (int block = 0; block < coded.length; block++) {
      blocks.get(block).streams.set(stream, file.stream(stream, coded[block]));
    }
  }

  /** The footer's statistics of the run numbers of a block. */
  private static void runs(SmallFile file, int block, long... values) {
    file.blocks.get(block).statistics.set(0, statistics(file, 0, values));
  }

  /** The footer's statistics of the charges of a block. */
  private static void charges(SmallFile file, int block, long... values) {
    file.blocks.get(block).statistics.set(2, statistics(file, 2, values));
  }

  private static void inContexts(
      SmallFile file, int stream, ForgedContexts forged, int[][] contexts, long[][] coded) {
    file.contexts.put(stream, forged);
    for (int block = 0; block < coded.length; block++) {
      file.blocks.get(block).streams.set(stream, forged.write(contexts[block], coded[block]));
    }
  }

  private static ForgedTable.Statistics statistics(SmallFile file, int column, long... values) {
    return ForgedTable.statistics(file.fields.columns().get(column), values, 0);
  }

  private static void withModel(SmallFile file) {
    String hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    byte[] group = SmallFile.group("", List.of(SmallFile.run()), List.of(SmallFile.jets()));
    file.header =
        new ForgedBytes()
            .varint(0) // required features
            .varint(0) // optional features
            .string("golden 1") // producer
            .varint(2) // models:
            .u8(7) // a kind,
            .raw(java.util.HexFormat.of().parseHex(hash)) // the hash of no bytes,
            .u8(0) // not embedded;
            .u8(9) // another kind,
            .raw(java.util.HexFormat.of().parseHex(hash)) // the same hash,
            .u8(1) // embedded
            .raw(group)
            .bytes();
    file.before = out -> out.frame('M', new byte[] {1}, SmallFile.NO_BYTES);
  }
}
