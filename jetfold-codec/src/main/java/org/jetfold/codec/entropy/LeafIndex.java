package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the leaf of many symbols quickly. Immutable and safe to share. */
public final class LeafIndex {
  /** Up to this many consecutive symbols have an entry each in one table. */
  private static final int MAX_TABLE = 1 << 18;

  /** What a table has where there is no leaf. */
  static final char NO_LEAF = 0xFFFF;

  private final Distribution distribution;

  /** The symbol that the table begins with, if it has no pages. */
  private final long base;

  /** Where symbols are in the table; null where they follow each other. */
  private final @Nullable SymbolPages pages;

  /** The leaves of symbols; empty where these are too far apart. */
  private final char[] table;

  /** An index of a distribution's leaves. */
  public LeafIndex(Distribution distribution) {
    this.distribution = distribution;
    int leaves = distribution.regularLeaves();
    base = leaves == 0 ? 0 : distribution.first(0);
    long span = leaves == 0 ? 0 : distribution.last(leaves - 1) - base;
    boolean isNear = Long.compareUnsigned(span, MAX_TABLE) < 0;
    pages = isNear ? null : SymbolPages.of(List.of(distribution));
    if (leaves == 0 || (!isNear && pages == null)) {
      table = new char[0];
    } else {
      // As long as a power of two, so that every index can be masked into it.
      table = new char[pages == null ? Integer.highestOneBit(2 * (int) span + 1) : pages.size()];
      Arrays.fill(table, distribution.hasEscape() ? (char) leaves : NO_LEAF);
      for (int leaf = 0; leaf < leaves; leaf++) {
        fill(leaf);
      }
    }
  }

  private void fill(int leaf) {
    if (pages == null) {
      int from = (int) (distribution.first(leaf) - base);
      Arrays.fill(table, from, from + (1 << distribution.level(leaf)), (char) leaf);
    } else {
      pages.forEach(
          distribution.first(leaf),
          distribution.last(leaf),
          (symbol, place, count) -> Arrays.fill(table, place, place + count, (char) leaf));
    }
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
    return pages == null ? table : new char[0];
  }

  /**
   * The leaf of a symbol.
   *
   * @throws IllegalArgumentException where the distribution has none for it
   */
  int leafOf(long symbol) {
    char leaf = NO_LEAF;
    if (pages != null) {
      leaf = table[pages.place(symbol)];
    } else if (((symbol - base) & -(long) table.length) == 0 && table.length > 0) {
      leaf = table[(int) (symbol - base)];
    }
    return leaf == NO_LEAF ? distribution.leafOf(symbol) : leaf;
  }

  /**
   * Finds the leaves of {@code count} symbols from index {@code from} on.
   *
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void leavesOf(long[] symbols, int from, int count, char[] leaves) {
    if (pages != null || table.length == 0) {
      for (int i = 0; i < count; i++) {
        leaves[i] = (char) leafOf(symbols[from + i]);
      }
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
      for (int i = 0; i < count; i++) {
        leaves[i] = (char) leafOf(symbols[from + i]);
      }
    }
  }
}
