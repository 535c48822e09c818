package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A distribution of section 7.2, told node by node.
 *
 * @param reference 0, 1, or 2 and a column
 * @param total the number of values; 0: the rest does not count
 * @param grid the low bits left out
 * @param escapeWeight 0: no escape
 * @param level of the root
 * @param place of the root
 * @param root the tree
 */
public record ForgedTree(
    long reference, long total, int grid, long escapeWeight, int level, long place, Node root)
    implements ForgedCoding {

  /** What the description says of an interval. */
  public sealed interface Node {}

  /** One without a grid. */
  public ForgedTree(
      long reference, long total, long escapeWeight, int level, long place, Node root) {
    this(reference, total, 0, escapeWeight, level, place, root);
  }

  /** The interval is a leaf. */
  public record Leaf() implements Node {}

  /** Both halves hold symbols; {@code d} says how many the lower has. */
  public record Both(long d, Node lower, Node upper) implements Node {}

  /** One half holds them all: 0 the lower, 1 the upper. */
  public record One(int half, Node node) implements Node {}

  /** One symbol, told as its offset, is a leaf; not below level 2. */
  public record Single(long offset) implements Node {}

  /** Symbols that are equally likely inside: 2^level from {@code first} on. */
  public record Interval(long first, int level, long weight) {}

  /** A distribution of one leaf with 2^level symbols. */
  public static ForgedTree ofOneLeaf(long total, int level, long place) {
    return new ForgedTree(0, total, 0, level, place, new Leaf());
  }

  /** One that has no values. */
  public static ForgedTree empty() {
    return new ForgedTree(0, 0, 0, 0, 0, new Leaf());
  }

  @Override
  public void writeStream(ForgedBits out) {
    out.bit("SEVERAL", 0);
    write(out);
  }

  /** Writes the description. */
  public void write(ForgedBits out) {
    out.number("REFERENCE", reference);
    out.number("TOTAL", total);
    if (total == 0) {
      return;
    }
    out.number("GRID", grid);
    out.bit("ESCAPE", escapeWeight > 0 ? 1 : 0);
    if (escapeWeight > 0) {
      out.number("WEIGHT", escapeWeight - 1);
    }
    out.number("LEVEL", level);
    out.signed("PLACE", place);
    write(out, root, level, total, 0);
  }

  private static void write(ForgedBits out, Node node, int level, long n, int last) {
    if (level == 0) {
      return;
    }
    String place = Math.min(63 - Long.numberOfLeadingZeros(n), 15) + "," + Math.min(level, 11);
    out.bit("LEAF" + place, node instanceof Leaf ? 1 : 0);
    switch (node) {
      case Leaf() -> {}
      case Both(long d, Node lower, Node upper) -> {
        out.bit("BOTH" + place, 1);
        out.signed("SPLIT", d);
        long l = lower(n, d);
        write(out, lower, level - 1, l, 0);
        write(out, upper, level - 1, n - l, 0);
      }
      case One(int half, Node below) -> {
        if (n > 1) {
          out.bit("BOTH" + place, 0);
        }
        if (level > 1) {
          out.bit("SINGLE" + last + "," + Math.min(level, 11), 0);
        }
        out.bit("SIDE" + last + "," + Math.min(level, 11), half);
        write(out, below, level - 1, n, 1 + half);
      }
      case Single(long offset) -> {
        if (n > 1) {
          out.bit("BOTH" + place, 0);
        }
        out.bit("SINGLE" + last + "," + Math.min(level, 11), 1);
        out.flat(BigInteger.valueOf(offset), level);
      }
    }
  }

  /** What the lower half gets. */
  static long lower(long n, long d) {
    long root = BigInteger.valueOf(n).sqrt().longValueExact();
    return Math.clamp(n / 2 + d * root, 1, n - 1);
  }

  /** The leaves in order, the escape (first 0, level 64) last. */
  public List<Interval> leaves() {
    List<Interval> leaves = new ArrayList<>();
    if (total == 0) {
      return leaves;
    }
    collect(root, level == 0 ? place : place << (level - 1), level, total, leaves);
    if (escapeWeight > 0) {
      leaves.add(new Interval(0, 64, escapeWeight));
    }
    return leaves;
  }

  private static void collect(Node node, long base, int level, long n, List<Interval> leaves) {
    if (level == 0) {
      leaves.add(new Interval(base, 0, n));
      return;
    }
    long upperBase = base + (1L << (level - 1));
    switch (node) {
      case Leaf() -> leaves.add(new Interval(base, level, n));
      case Both(long d, Node lower, Node upper) -> {
        long l = lower(n, d);
        collect(lower, base, level - 1, l, leaves);
        collect(upper, upperBase, level - 1, n - l, leaves);
      }
      case One(int half, Node below) ->
          collect(below, half == 0 ? base : upperBase, level - 1, n, leaves);
      case Single(long offset) -> leaves.add(new Interval(base + offset, 0, n));
    }
  }
}
