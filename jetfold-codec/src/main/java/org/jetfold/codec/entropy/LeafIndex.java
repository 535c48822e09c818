package org.jetfold.codec.entropy;

import java.util.Arrays;

/** Finds the leaf of many symbols quickly. Immutable and safe to share. */
public final class LeafIndex {
  /** Up to this many consecutive symbols have an entry each in one table. */
  private static final int MAX_TABLE = 1 << 18;

  /** Beyond, up to this many pages of symbols have. */
  private static final int MAX_PAGES = 1 << 14;

  /** What a table has where there is no leaf. */
  static final char NO_LEAF = 0xFFFF;

  private final Distribution distribution;
  private final long base;

  /** A leaf for each symbol from the base on; empty where they are too far apart. */
  private final char[] table;

  /** The pages that leaves lie in, unless those of large leaves would be too many. */
  private final SymbolPages pages;

  /**
   * For each page from the lowest bit up: where its leaves start in {@link #paged}, and at bit 32
   * which bits of a symbol tell them apart: none where one leaf has all of the page.
   */
  private long[] places = {};

  private char[] paged = {};

  /** How many of the paged leaves' places are taken. */
  private int entries;

  /** An index of a distribution's leaves. */
  public LeafIndex(Distribution distribution) {
    this.distribution = distribution;
    int leaves = distribution.hasEscape() ? distribution.leaves() - 1 : distribution.leaves();
    base = leaves == 0 ? 0 : distribution.first(0);
    long last = leaves == 0 ? 0 : distribution.first(leaves - 1);
    int level = leaves == 0 ? 0 : Math.min(distribution.level(leaves - 1), Long.SIZE - 1);
    pages = new SymbolPages(MAX_PAGES, base, last + (1L << level) - 1, distribution.total());
    long span = 0;
    if (leaves > 0 && distribution.level(leaves - 1) < 18) {
      span = distribution.first(leaves - 1) + (1L << distribution.level(leaves - 1)) - base;
    }
    if (span <= 0 || span > MAX_TABLE) {
      table = new char[0];
      fillPages(leaves);
      return;
    }
    // As long as a power of two, so that every index can be masked into it.
    table = new char[Integer.highestOneBit(2 * (int) span - 1)];
    Arrays.fill(table, outside());
    for (int leaf = 0; leaf < leaves; leaf++) {
      int from = (int) (distribution.first(leaf) - base);
      Arrays.fill(table, from, from + (1 << distribution.level(leaf)), (char) leaf);
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
    return table;
  }

  /** What symbols outside all leaves have. */
  private char outside() {
    return distribution.hasEscape() ? (char) (distribution.leaves() - 1) : NO_LEAF;
  }

  private void fillPages(int leaves) {
    for (int leaf = 0; leaf < leaves; leaf++) {
      if (distribution.level(leaf) < Integer.SIZE) {
        fillPages(leaf, distribution.first(leaf), 1L << distribution.level(leaf));
      }
    }
  }

  private void fillPages(int leaf, long first, long length) {
    for (long done = 0; done < length; ) {
      int place = SymbolPages.place(first + done);
      int inPage = (int) Math.min(SymbolPages.LENGTH - place, length - done);
      int known = pages.pages();
      int page = pages.add(first + done);
      if (page < 0) {
        return;
      }
      if (page == known) {
        addPage(page, inPage == SymbolPages.LENGTH ? 1 : SymbolPages.LENGTH);
      }
      int mask = (int) (places[page] >>> Integer.SIZE);
      int start = (int) places[page] + (place & mask);
      Arrays.fill(paged, start, start + Math.min(inPage, mask + 1), (char) leaf);
      done += inPage;
    }
  }

  private void addPage(int page, int length) {
    if (page == places.length) {
      places = Arrays.copyOf(places, Math.max(2 * page, 64));
    }
    places[page] = entries | (length - 1L) << Integer.SIZE;
    if (entries + length > paged.length) {
      paged = Arrays.copyOf(paged, Math.max(2 * paged.length, 16 * SymbolPages.LENGTH));
    }
    Arrays.fill(paged, entries, entries + length, outside());
    entries += length;
  }

  /**
   * The leaf of a symbol.
   *
   * @throws IllegalArgumentException where the distribution has none for it
   */
  int leafOf(long symbol) {
    long offset = symbol - base;
    if ((offset & -(long) table.length) == 0 && table.length > 0) {
      char leaf = table[(int) offset];
      return leaf == NO_LEAF ? distribution.leafOf(symbol) : leaf;
    }
    return table.length > 0 ? distribution.leafOf(symbol) : inPages(symbol);
  }

  private int inPages(long symbol) {
    int page = pages.find(symbol);
    if (page < 0) {
      return distribution.leafOf(symbol);
    }
    long place = places[page];
    char leaf = paged[(int) place + ((int) symbol & (int) (place >>> 32))];
    return leaf == NO_LEAF ? distribution.leafOf(symbol) : leaf;
  }

  /**
   * Finds the leaves of {@code count} symbols from index {@code from} on.
   *
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void leavesOf(long[] symbols, int from, int count, char[] leaves) {
    if (table.length == 0) {
      findInPages(symbols, from, count, leaves);
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

  private void findInPages(long[] symbols, int from, int count, char[] leaves) {
    for (int i = 0; i < count; i++) {
      leaves[i] = (char) inPages(symbols[from + i]);
    }
  }

  private void findOneByOne(long[] symbols, int from, int count, char[] leaves) {
    for (int i = 0; i < count; i++) {
      leaves[i] = (char) distribution.leafOf(symbols[from + i]);
    }
  }
}
