package org.jetfold.codec.entropy;

import java.util.Arrays;

/** Finds the leaf of many symbols quickly. Immutable and safe to share. */
public final class LeafIndex {
  /** Up to this many consecutive symbols have a table entry each. */
  private static final int LARGEST_TABLE = 1 << 18;

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
    if (span <= 0 || span > LARGEST_TABLE) {
      table = new char[0];
      return;
    }
    table = new char[(int) span];
    Arrays.fill(table, distribution.hasEscape() ? (char) leaves : NO_LEAF);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int from = (int) (distribution.first(leaf) - base);
      Arrays.fill(table, from, from + (1 << distribution.level(leaf)), (char) leaf);
    }
  }

  /**
   * Fills in the leaf of each of the first {@code count} symbols.
   *
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void leavesOf(long[] symbols, int count, char[] leaves) {
    if (table.length == 0) {
      for (int i = 0; i < count; i++) {
        leaves[i] = (char) distribution.leafOf(symbols[i]);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      long offset = symbols[i] - base;
      char leaf = offset >= 0 && offset < table.length ? table[(int) offset] : NO_LEAF;
      leaves[i] = leaf == NO_LEAF ? (char) distribution.leafOf(symbols[i]) : leaf;
    }
  }
}
