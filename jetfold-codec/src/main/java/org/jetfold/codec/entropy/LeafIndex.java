package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The symbol that the table begins with, if it has no pages. */
  private final long base;

  /** Where symbols are in the table; null where they follow each other. */
  private final @Nullable SymbolPages pages;

  /** The leaves of symbols; empty where these are too far apart. */
  private final char[] table;

  /**
   * Where there is no table, for each part the last leaf that begins at its first symbol or before;
   * last, the last leaf.
   */
  private final char[] parts;

  /** log2 of a part's symbols. */
  private final int shift;

  /** The distance of the last leaf's last symbol from the base, unsigned. */
  private final long span;

  /** An index of a distribution's leaves. */
  public LeafIndex(Distribution distribution) {
    this.distribution = distribution;
    int leaves = distribution.regularLeaves();
    base = leaves == 0 ? 0 : distribution.first(0);
    span = leaves == 0 ? 0 : distribution.last(leaves - 1) - base;
    boolean isNear = Long.compareUnsigned(span, MAX_TABLE) < 0;
    pages = isNear ? null : SymbolPages.of(List.of(distribution));
    boolean hasTable = leaves > 0 && (isNear || pages != null);
    int partBits = Math.min(MOST_PART_BITS, bits((long) PARTS_PER_LEAF * leaves));
    shift = Math.max(0, bits(span) - partBits);
    parts = hasTable || leaves == 0 ? new char[0] : parts(leaves);
    if (!hasTable) {
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

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
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
    if (parts.length > 0) {
      long offset = symbol - base;
      return Long.compareUnsigned(offset, span) <= 0
          ? inParts(symbol, (int) (offset >>> shift))
          : distribution.leafOf(symbol);
    }
    char leaf = NO_LEAF;
    if (pages != null) {
      leaf = table[pages.place(symbol)];
    } else if (((symbol - base) & -(long) table.length) == 0 && table.length > 0) {
      leaf = table[(int) (symbol - base)];
    }
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
