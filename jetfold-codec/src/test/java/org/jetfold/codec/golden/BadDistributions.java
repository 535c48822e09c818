package org.jetfold.codec.golden;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jetfold.codec.forge.ForgedBits;
import org.jetfold.codec.forge.ForgedContexts;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.forge.ForgedTree.Both;
import org.jetfold.codec.forge.ForgedTree.Leaf;
import org.jetfold.codec.forge.ForgedTree.Node;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.SegmentValues;

/** Files whose T frame is wrong (section 7). */
final class BadDistributions {
  private static final BigInteger TWO_64_LESS_1 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private BadDistributions() {}

  static List<BadFile> all() {
    List<BadFile> all = new ArrayList<>(scales());
    all.addAll(distributions());
    return all;
  }

  /** With wrong spikes, and wrong ends of what a dithered column holds. */
  private static List<BadFile> scales() {
    long infinity = HandMadeFiles.ordinal(Float.POSITIVE_INFINITY);
    long one = HandMadeFiles.ordinal(1);
    long two = HandMadeFiles.ordinal(2);
    return List.of(
        spikes("spikes-falling", two, one),
        spikes("spike-twice", one, one),
        spikes("spike-infinite", infinity),
        spikes("spike-infinite-and-negative", -1 - infinity),
        spikes("spike-nan", infinity + 1),
        spikes("spike-nan-and-negative", (long) Integer.MIN_VALUE),
        BadFile.damaged("spikes-1025", file -> file.scales.set(1, HandMadeFiles.thousand(1025))),
        BadFile.damaged(
            "spikes-2^64-less-1",
            file -> {
              ForgedBits out = new ForgedBits();
              out.number("SPIKES", TWO_64_LESS_1);
              file.distributions = out.finish();
            }),
        dithered("dithered-spike-zero", 0L, one, two, 0),
        dithered("dithered-spike-minus-zero", 0L, one, two, -1),
        dithered("dithered-lowest-above-highest", 0L, two, one),
        dithered("dithered-lowest-infinite", 0L, -1 - infinity, one),
        dithered("dithered-highest-infinite", 0L, one, infinity),
        // −0 is 2 and +0 is 5: there is nothing between.
        dithered("symbol-between-zeros", 3L, one, two),
        dithered("symbol-between-zeros-too", 4L, one, two),
        BadFile.damaged(
            "decimals-of-23-digits",
            file -> {
              file.pt(0, 0, decimals(2), 20, -1, new long[] {2, 5, 7}, new long[] {0});
              file.scales.set(1, decimals(23));
            }),
        BadFile.damaged(
            "decimal-that-is-no-float",
            file -> {
              file.pt(0, 0, decimals(2), 40, -1, new long[] {2, 5, 7}, new long[] {0});
              file.blocks.getLast().streams.set(2, file.stream(2, 1L << 31));
            }),
        BadFile.damaged(
            "symbol-between-neighbouring-spikes",
            file -> {
              List<Long> neighbours = List.of(one, one + 1);
              long bound = Double.doubleToRawLongBits(0.5);
              SegmentValues.Fields fields = new SegmentValues.Fields(neighbours, false, 0, 0);
              // Both have κ = 1: they are 3 and 6.
              file.pt(3, bound, fields, 20, -1, new long[] {3, 6, 7}, new long[] {2});
              file.blocks.getLast().streams.set(2, file.stream(2, 4));
            }));
  }

  private static SegmentValues.Fields decimals(int digits) {
    return new SegmentValues.Fields(List.of(), false, 0, 0, digits);
  }

  private static BadFile spikes(String name, Long... spikes) {
    return BadFile.damaged(
        name, file -> file.scales.set(1, new SegmentValues.Fields(List.of(spikes), false, 0, 0)));
  }

  /** With a dithered pt whose last symbol, lowest and highest value and spikes are these. */
  private static BadFile dithered(
      String name, long symbol, long lowest, long highest, long... spikes) {
    return BadFile.damaged(
        name,
        file -> {
          long bound = Double.doubleToRawLongBits(0.5);
          int precision = HeaderFields.DITHERED_ABSOLUTE;
          SegmentValues.Fields right = new SegmentValues.Fields(List.of(), true, 1, 2);
          file.pt(precision, bound, right, 20, -1, new long[] {2, 5, 7}, new long[] {0});
          List<Long> listed = Arrays.stream(spikes).boxed().toList();
          file.scales.set(1, new SegmentValues.Fields(listed, true, lowest, highest));
          file.blocks.getLast().streams.set(2, file.stream(2, symbol));
        });
  }

  private static List<BadFile> distributions() {
    return List.of(
        BadFile.damaged("distributions-with-body", file -> file.distributionsBody = new byte[3]),
        // pt may refer to columns before it in its group; run is in another, q behind, pt itself.
        reference("reference-to-another-group", 2, 2),
        reference("reference-to-itself", 2, 3),
        reference("reference-forward", 2, 4),
        reference("reference-to-no-column", 2, 1000),
        reference("reference-of-list-counts", 0, 2),
        contexts("contexts-of-itself", 2, new long[] {0, 0, 3}, 1),
        contexts("contexts-of-another-group", 2, new long[] {0, 0, 2}, 1),
        contexts("contexts-of-no-column", 2, new long[] {0, 0, 5}, 1),
        contexts("contexts-referring-to-themselves", 2, new long[] {2, 1, 1}, 1),
        contexts("contexts-of-places-of-rows", 1, new long[] {0, 0, 1}, 1),
        contexts("contexts-of-rows-before-in-no-list", 1, new long[] {1, 0, 0}, 0),
        contexts("contexts-of-list-counts", 0, new long[] {0, 0, 0}, 0),
        contexts("contexts-of-an-unknown-kind", 3, new long[] {3, 0, 0}, 0),
        contexts("contexts-with-limits-and-no-source", 3, new long[] {0, 0, 0}, 1),
        contexts("contexts-nine-by-rows-before", 3, new long[] {1, 0, 1}, 7),
        contexts("contexts-nine-by-places", 3, new long[] {0, 0, 1}, 8),
        BadFile.damaged(
            "contexts-in-a-circle",
            file -> {
              file.contexts.put(2, forged(2, file, new long[] {0, 0, 4}, 1));
              file.contexts.put(3, forged(3, file, new long[] {0, 0, 3}, 1));
            }),
        BadFile.damaged(
            "contexts-with-a-grid-of-their-own",
            file -> {
              ForgedTree tree = file.trees.get(3);
              ForgedTree own =
                  new ForgedTree(0, tree.total(), 1, 0, tree.level(), tree.place(), tree.root());
              file.contexts.put(3, new ForgedContexts(0, 0, 1, List.of(1L), 0, List.of(tree, own)));
            }),
        BadFile.damaged(
            "contexts-with-rows-but-no-leaves",
            file -> {
              ForgedTree tree = ForgedTree.ofOneLeaf(4, 15, 0);
              ForgedTree none = ForgedTree.empty();
              file.contexts.put(
                  2, new ForgedContexts(0, 0, 4, List.of(1L), 0, List.of(tree, none)));
            }),
        bits("reference-too-large", out -> out.number("REFERENCE", TWO_64_LESS_1)),
        bits(
            "total-too-large",
            out -> {
              out.number("REFERENCE", 0);
              out.number("TOTAL", 1L << 31);
            }),
        bits(
            "grid-64",
            out -> {
              out.number("REFERENCE", 0);
              out.number("TOTAL", 1);
              out.number("GRID", 64);
            }),
        bits(
            "escape-weight-too-large",
            out -> {
              out.number("REFERENCE", 0);
              out.number("TOTAL", 1);
              out.number("GRID", 0);
              out.bit("ESCAPE", 1);
              // One more is 2^31.
              out.number("WEIGHT", Integer.MAX_VALUE);
            }),
        interval("level-65", 65, 0),
        // −2^64 … −1 and 0 … 2^64−1.
        interval("level-64-elsewhere", 64, 0),
        interval("level-64-below", 64, -2),
        // 2^63−1 … 2^63: the last is too large.
        interval("interval-too-high", 1, Long.MAX_VALUE),
        interval("interval-too-low", 2, Long.MIN_VALUE),
        interval("interval-wraps", 40, 1L << 60),
        split("split-out-of-range", 1L << 31),
        split("split-far-out-of-range", Long.MIN_VALUE),
        BadFile.damaged(
            "leaves-32769",
            file -> file.trees.set(3, new ForgedTree(0, 1 << 20, 1, 15, 0, complete(15)))));
  }

  private static BadFile reference(String name, int stream, int reference) {
    return BadFile.damaged(
        name,
        file -> {
          ForgedTree tree = file.trees.get(stream);
          file.trees.set(
              stream,
              new ForgedTree(reference, tree.total(), 0, tree.level(), tree.place(), tree.root()));
        });
  }

  /** Contexts by kind, column and source, with so many limits. */
  private static BadFile contexts(String name, int stream, long[] fields, int limits) {
    return BadFile.damaged(
        name, file -> file.contexts.put(stream, forged(stream, file, fields, limits)));
  }

  private static ForgedContexts forged(int stream, SmallFile file, long[] fields, int limits) {
    int contexts = limits + 1 + (fields[0] == 1 ? 1 : 0);
    return new ForgedContexts(
        fields[0],
        fields[1],
        fields[2],
        LongStream.rangeClosed(1, limits).boxed().toList(),
        0,
        Collections.nCopies(contexts, file.trees.get(stream)));
  }

  private static BadFile bits(String name, Consumer<ForgedBits> first) {
    return BadFile.damaged(
        name,
        file -> {
          ForgedBits out = new ForgedBits();
          // pt has no spikes.
          out.number("SPIKES", 0);
          out.bit("SEVERAL", 0);
          first.accept(out);
          file.distributions = out.finish();
        });
  }

  private static BadFile interval(String name, int level, long place) {
    return bits(
        name,
        out -> {
          out.number("REFERENCE", 0);
          out.number("TOTAL", 3);
          out.number("GRID", 0);
          out.bit("ESCAPE", 0);
          out.number("LEVEL", level);
          out.signed("PLACE", place);
          out.bit("LEAF1," + Math.min(level, 11), 1);
        });
  }

  private static BadFile split(String name, long d) {
    return bits(
        name,
        out -> {
          out.number("REFERENCE", 0);
          out.number("TOTAL", 3);
          out.number("GRID", 0);
          out.bit("ESCAPE", 0);
          out.number("LEVEL", 1);
          out.signed("PLACE", 1);
          out.bit("LEAF1,1", 0);
          out.bit("BOTH1,1", 1);
          out.signed("SPLIT", d);
        });
  }

  private static Node complete(int level) {
    return level == 0 ? new Leaf() : new Both(0, complete(level - 1), complete(level - 1));
  }
}
