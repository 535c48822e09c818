package org.jetfold.codec.entropy;

import java.util.Arrays;

/** Finds the leaf of many symbols quickly. Immutable and safe to share. */
public final class LeafIndex {
  /** Up to this many consecutive symbols have a table entry each. */
  private static final int MAX_TABLE = 1 << 18;

  private static final char NO_LEAF = 0xFFFF;

  private final Distribution distribution;
  private final long base;
  private final char[] table;

  /** An index of a distribution's leaves. */
  public LeafIndex(Distribution distribution) {
    this.distribution = distribution;
    int leaves = distribution.hasEscape() ? distribution.leaves() - 1 : distribution.leaves();
    base = leaves == 0 ? 0 : distribution.first(0);
    long span = 0;
    if (leaves > 0 && distribution.level(leaves - 1) < 18) {
      span = distribution.first(leaves - 1) + (1L << distribution.level(leaves - 1)) - base;
    }
    if (span <= 0 || span > MAX_TABLE) {
      table = new char[0];
      return;
    }
    // As long as a power of two, so that every index can be masked into it.
    table = new char[Integer.highestOneBit(2 * (int) span - 1)];
    Arrays.fill(table, distribution.hasEscape() ? (char) leaves : NO_LEAF);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int from = (int) (distribution.first(leaf) - base);
      Arrays.fill(table, from, from + (1 << distribution.level(leaf)), (char) leaf);
    }
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
      leaves[i] = (char) distribution.leafOf(symbols[from + i]);
    }
  }
}
