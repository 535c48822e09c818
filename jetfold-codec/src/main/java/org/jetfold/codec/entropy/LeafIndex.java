package org.jetfold.codec.entropy;

import java.util.Arrays;

/** Finds the leaf of many symbols quickly. Immutable and safe to share. */
public final class LeafIndex {
  /** Up to this many consecutive symbols have an entry each in one table. */
  private static final int MAX_TABLE = 1 << 18;

  /** Beyond, two to this power of equal parts of the symbols say which leaves may lie in them. */
  private static final int MOST_PART_BITS = 14;

  /** With so many parts for each leaf, few hold more than the ends of two. */
  private static final int PARTS_PER_LEAF = 8;

  /** What a table has where there is no leaf. */
  static final char NO_LEAF = 0xFFFF;

  private final Distribution distribution;
  private final long base;

  /** A leaf for each symbol from the base on; empty where they are too far apart. */
  private final char[] table;

  /**
   * For each part, the last leaf that begins at its first symbol or before; last, the last leaf.
   */
  private final char[] parts;

  /** log2 of a part's symbols. */
  private final int shift;

  /** The distance of the last leaf's last symbol from the base, unsigned. */
  private final long span;

  /** An index of a distribution's leaves. */
  public LeafIndex(Distribution distribution) {
    this.distribution = distribution;
    int leaves = distribution.hasEscape() ? distribution.leaves() - 1 : distribution.leaves();
    base = leaves == 0 ? 0 : distribution.first(0);
    span = leaves == 0 ? 0 : distribution.first(leaves - 1) - base + ofLevel(leaves - 1);
    boolean isNear = leaves > 0 && Long.compareUnsigned(span, MAX_TABLE) < 0;
    table = isNear ? table(leaves) : new char[0];
    int partBits = Math.min(MOST_PART_BITS, bits((long) PARTS_PER_LEAF * leaves));
    shift = Math.max(0, bits(span) - partBits);
    parts = isNear || leaves == 0 ? new char[0] : parts(leaves);
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }

  /** The distance of a leaf's last symbol from its first, unsigned. */
  private long ofLevel(int leaf) {
    int level = distribution.level(leaf);
    return level >= Long.SIZE ? -1 : (1L << level) - 1;
  }

  private char[] table(int leaves) {
    // As long as a power of two, so that every index can be masked into it.
    char[] filled = new char[Integer.highestOneBit(2 * (int) span + 1)];
    Arrays.fill(filled, distribution.hasEscape() ? (char) leaves : NO_LEAF);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int from = (int) (distribution.first(leaf) - base);
      Arrays.fill(filled, from, from + (1 << distribution.level(leaf)), (char) leaf);
    }
    return filled;
  }

  private char[] parts(int leaves) {
    char[] filled = new char[(int) (span >>> shift) + 2];
    int leaf = 0;
    for (int part = 0; part < filled.length - 1; part++) {
      long start = (long) part << shift;
      while (leaf + 1 < leaves
          && Long.compareUnsigned(distribution.first(leaf + 1) - base, start) <= 0) {
        leaf++;
      }
      filled[part] = (char) leaf;
    }
    filled[filled.length - 1] = (char) (leaves - 1);
    return filled;
  }

  /** The symbol that the table begins with. */
  long base() {
    return base;
  }

  /**
   * A leaf for each symbol from the base on, as many as a power of two; empty where they are too
   * far apart. Not to be changed.
   */
  char[] table() {
    return table;
  }

  /**
   * The leaf of a symbol.
   *
   * @throws IllegalArgumentException where the distribution has none for it
   */
  int leafOf(long symbol) {
    long offset = symbol - base;
    if (parts.length > 0) {
      return Long.compareUnsigned(offset, span) <= 0
          ? inParts(symbol, (int) (offset >>> shift))
          : distribution.leafOf(symbol);
    }
    boolean isWithin = (offset & -(long) table.length) == 0 && table.length > 0;
    char leaf = isWithin ? table[(int) offset] : NO_LEAF;
    return leaf == NO_LEAF ? distribution.leafOf(symbol) : leaf;
  }

  private int inParts(long symbol, int part) {
    int low = parts[part];
    int high = parts[part + 1];
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (distribution.first(middle) <= symbol) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    boolean holds = (symbol - distribution.first(low)) >>> distribution.level(low) == 0;
    return holds ? low : distribution.leafOf(symbol);
  }

  /**
   * Finds the leaves of {@code count} symbols from index {@code from} on.
   *
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void leavesOf(long[] symbols, int from, int count, char[] leaves) {
    if (table.length == 0) {
      findOneByOne(symbols, from, count, leaves);
      return;
    }
    // Whether a symbol is outside is asked once for all of them: almost always none is.
    long outside = 0;
    int gaps = 0;
    for (int i = 0; i < count; i++) {
      long offset = symbols[from + i] - base;
      char leaf = table[(int) offset & (table.length - 1)];
      leaves[i] = leaf;
      outside |= offset;
      gaps |= leaf + 1;
    }
    if ((outside & -(long) table.length) != 0 || gaps > NO_LEAF) {
      findOneByOne(symbols, from, count, leaves);
    }
  }

  private void findOneByOne(long[] symbols, int from, int count, char[] leaves) {
    for (int i = 0; i < count; i++) {
      leaves[i] = (char) leafOf(symbols[from + i]);
    }
  }
}
