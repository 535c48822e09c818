package org.jetfold.codec.entropy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives symbols places in a short array, in their order, however far apart they are: only those on
 * some pages of 256 symbols have places of their own. Under a relative bound, millions of symbols
 * that no value has lie between zero and the smallest normal float. Immutable and safe to share.
 */
final class SymbolPages {
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;

  /** From the first page to the last there are no more than these. */
  private static final int MAX_RANGE = 1 << 18;

  /** More pages with places would not stay in the caches. */
  private static final int MAX_PAGES = 1 << 10;

  private final long first;

  /** For each page where its places start; 0 where it has none. */
  private final int[] starts;

  private final int size;

  private SymbolPages(long first, boolean[] marked) {
    this.first = first;
    starts = new int[marked.length];
    // The first places are those of symbols on pages that have none.
    int next = PAGE;
    for (int page = 0; page < marked.length; page++) {
      if (marked[page]) {
        starts[page] = next;
        next += PAGE;
      }
    }
    size = next;
  }

  /**
   * Pages for all symbols that leaves of some distributions hold.
   *
   * @return null where the leaves are too far apart, or too wide
   */
  static @Nullable SymbolPages of(List<Distribution> distributions) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (Distribution distribution : distributions) {
      for (int leaf = 0; leaf < distribution.regularLeaves(); leaf++) {
        least = Math.min(least, distribution.first(leaf));
        greatest = Math.max(greatest, distribution.last(leaf));
      }
    }
    Marks marks = least > greatest ? null : Marks.between(least, greatest);
    if (marks == null) {
      return null;
    }
    for (Distribution distribution : distributions) {
      for (int leaf = 0; leaf < distribution.regularLeaves(); leaf++) {
        marks.mark(distribution.first(leaf), distribution.last(leaf));
      }
    }
    return marks.pages();
  }

  /** The pages that get places. Not thread-safe. */
  static final class Marks {
    private final long first;
    private final boolean[] marked;

    private Marks(long first, int range) {
      this.first = first;
      marked = new boolean[range];
    }

    /** For symbols between a least one and a greatest one; null where these are too far apart. */
    static @Nullable Marks between(long least, long greatest) {
      long range = ((greatest - least) >>> PAGE_BITS) + 1;
      return range > MAX_RANGE ? null : new Marks(least, (int) range);
    }

    /** Marks a symbol's page. */
    void mark(long symbol) {
      marked[(int) ((symbol - first) >>> PAGE_BITS)] = true;
    }

    /** Marks the pages of all symbols from one to another. */
    void mark(long from, long to) {
      int last = (int) ((to - first) >>> PAGE_BITS);
      for (int page = (int) ((from - first) >>> PAGE_BITS); page <= last; page++) {
        marked[page] = true;
      }
    }

    /** Places on the pages that are marked; null where these are too many. */
    @Nullable SymbolPages pages() {
      int pages = 0;
      for (boolean page : marked) {
        pages += page ? 1 : 0;
      }
      return pages > MAX_PAGES ? null : new SymbolPages(first, marked);
    }
  }

  /** How many places there are. */
  int size() {
    return size;
  }

  /** What is done with symbols that follow each other, as their places do. */
  interface Work {
    /** Takes the first one and its place, and how many there are. */
    void take(long symbol, int place, int count);
  }

  /** Goes through all pages that have places, in increasing order. */
  void forEach(Work work) {
    for (int page = 0; page < starts.length; page++) {
      if (starts[page] > 0) {
        work.take(first + ((long) page << PAGE_BITS), starts[page], PAGE);
      }
    }
  }

  /** Goes through the symbols from one to another, whose pages all have places. */
  void forEach(long from, long to, Work work) {
    long symbol = from;
    int count;
    do {
      long offset = symbol - first;
      int inPage = (int) offset & (PAGE - 1);
      count = (int) Math.min(to - symbol, PAGE - 1L - inPage) + 1;
      work.take(symbol, starts[(int) (offset >>> PAGE_BITS)] + inPage, count);
      symbol += count;
    } while (symbol - 1 != to);
  }

  /** The place of a symbol; below 256 where its page has none. */
  int place(long symbol) {
    long offset = symbol - first;
    long page = offset >>> PAGE_BITS;
    int start = page < starts.length ? starts[(int) page] : 0;
    return start + ((int) offset & (PAGE - 1));
  }
}
