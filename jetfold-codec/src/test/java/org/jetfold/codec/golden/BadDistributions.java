package org.jetfold.codec.golden;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.forge.ForgedBits;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.forge.ForgedTree.Both;
import org.jetfold.codec.forge.ForgedTree.Leaf;
import org.jetfold.codec.forge.ForgedTree.Node;

/** Files whose T frame is wrong (section 7). */
final class BadDistributions {
  private static final BigInteger TWO_64_LESS_1 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private BadDistributions() {}

  static List<BadFile> all() {
    return List.of(
        BadFile.damaged("distributions-with-body", file -> file.distributionsBody = new byte[3]),
        // pt may refer to columns before it in its group; run is in another, q behind, pt itself.
        reference("reference-to-another-group", 2, 2),
        reference("reference-to-itself", 2, 3),
        reference("reference-forward", 2, 4),
        reference("reference-to-no-column", 2, 1000),
        reference("reference-of-list-counts", 0, 2),
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

  private static BadFile bits(String name, Consumer<ForgedBits> first) {
    return BadFile.damaged(
        name,
        file -> {
          ForgedBits out = new ForgedBits();
          // pt has no spikes.
          out.number("SPIKES", 0);
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
