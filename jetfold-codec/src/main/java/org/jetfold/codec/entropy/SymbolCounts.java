package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each symbol occurs: the distinct symbols in increasing order, and their counts.
 *
 * @param symbols distinct, increasing
 * @param counts at least 1 each; their sum fits an int
 */
record SymbolCounts(long[] symbols, int[] counts) {
  /** Up to this many consecutive symbols are counted in one array; beyond, in pages. */
  private static final int MAX_COUNTED_RANGE = 1 << 18;

  /** Symbols that need more pages than this are sorted: hardly two of them share a page. */
  private static final int MAX_PAGES = 1 << 12;

  /** So few symbols are sorted sooner than pages for them are cleared and looked through. */
  private static final int FEW = 1 << 13;

  /** Symbols counted at a time: so few that all passes over them find them in the nearest cache. */
  private static final int PIECE = 2048;

  /** Counts all symbols of an array. */
  static SymbolCounts of(long[] values) {
    if (values.length == 0) {
      return new SymbolCounts(values, new int[0]);
    }
    CountTable table = new CountTable();
    for (int from = 0; from < values.length; from += PIECE) {
      if (!table.count(values, from, Math.min(from + PIECE, values.length))) {
        SymbolCounts paged = values.length < FEW ? null : paged(values);
        return paged == null ? sorted(values) : paged;
      }
    }
    return table.counts(values.length);
  }

  /** A counter for each symbol of a range that grows as symbols are found outside. */
  private static final class CountTable {
    private long minimum = Long.MAX_VALUE;
    private long maximum = Long.MIN_VALUE;
    private long base;

    // Two counters for each symbol: where one symbol follows itself, adding to the counter that was
    // just written would have to wait for it.
    private int[] even = {};
    private int[] odd = {};

    /** Counts the symbols of a piece; false where the range becomes too large. */
    boolean count(long[] values, int from, int to) {
      long lowest = values[from];
      long highest = lowest;
      // Both in one loop: only so does the compiler turn it into vector code.
      for (int i = from; i < to; i++) {
        lowest = Math.min(lowest, values[i]);
        highest = Math.max(highest, values[i]);
      }
      if ((lowest < minimum || highest > maximum) && !widen(lowest, highest)) {
        return false;
      }
      int[] evenCounters = even;
      int[] oddCounters = odd;
      long first = base;
      int i = from;
      for (; i < to - 1; i += 2) {
        evenCounters[(int) (values[i] - first)]++;
        oddCounters[(int) (values[i + 1] - first)]++;
      }
      if (i < to) {
        evenCounters[(int) (values[i] - first)]++;
      }
      return true;
    }

    private boolean widen(long lowest, long highest) {
      minimum = Math.min(minimum, lowest);
      maximum = Math.max(maximum, highest);
      long range = maximum - minimum + 1;
      if (range <= 0 || range > MAX_COUNTED_RANGE) {
        return false;
      }
      if (Long.compareUnsigned(minimum - base, even.length) < 0
          && Long.compareUnsigned(maximum - base, even.length) < 0) {
        return true;
      }
      // With room on both sides, as later pieces will go a little further. The base may wrap
      // around: only differences to it count.
      long wider = minimum - range / 2;
      int shift = (int) (base - wider);
      int[] widerEven = new int[2 * (int) range];
      int[] widerOdd = new int[2 * (int) range];
      if (even.length > 0) {
        copy(even, widerEven, shift);
        copy(odd, widerOdd, shift);
      }
      base = wider;
      even = widerEven;
      odd = widerOdd;
      return true;
    }

    /** The new range holds the old one; counters of what is behind it have counted nothing. */
    private static void copy(int[] counters, int[] wider, int shift) {
      System.arraycopy(counters, 0, wider, shift, Math.min(counters.length, wider.length - shift));
    }

    SymbolCounts counts(int values) {
      int first = (int) (minimum - base);
      int last = (int) (maximum - base);
      long[] symbols = new long[Math.min(last - first + 1, values)];
      int[] counts = new int[symbols.length];
      int distinct = 0;
      for (int at = first; at <= last; at++) {
        int count = even[at] + odd[at];
        if (count > 0) {
          symbols[distinct] = base + at;
          counts[distinct++] = count;
        }
      }
      return new SymbolCounts(Arrays.copyOf(symbols, distinct), Arrays.copyOf(counts, distinct));
    }
  }

  /** Where symbols are far apart, in pages; null where they need too many of them. */
  private static @Nullable SymbolCounts paged(long[] values) {
    long lowest = values[0];
    long highest = lowest;
    for (long value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    SymbolPages pages = new SymbolPages(MAX_PAGES, lowest, highest, values.length);
    int[] counters = new int[SymbolPages.LENGTH * 16];
    for (long value : values) {
      int page = pages.add(value);
      if (page < 0) {
        return null;
      }
      if (page * SymbolPages.LENGTH == counters.length) {
        counters = Arrays.copyOf(counters, 2 * counters.length);
      }
      counters[page * SymbolPages.LENGTH + SymbolPages.place(value)]++;
    }
    long[] symbols = new long[Math.min(counters.length, values.length)];
    int[] counts = new int[symbols.length];
    int distinct = 0;
    for (int page : pages.inOrder()) {
      for (int place = 0; place < SymbolPages.LENGTH; place++) {
        int count = counters[page * SymbolPages.LENGTH + place];
        if (count > 0) {
          symbols[distinct] = pages.first(page) + place;
          counts[distinct++] = count;
        }
      }
    }
    return new SymbolCounts(Arrays.copyOf(symbols, distinct), Arrays.copyOf(counts, distinct));
  }

  private static SymbolCounts sorted(long[] values) {
    long[] symbols = RadixSort.sorted(values);
    int[] counts = new int[symbols.length];
    int distinct = 0;
    for (int i = 0; i < symbols.length; ) {
      int end = i + 1;
      while (end < symbols.length && symbols[end] == symbols[i]) {
        end++;
      }
      symbols[distinct] = symbols[i];
      counts[distinct++] = end - i;
      i = end;
    }
    return new SymbolCounts(Arrays.copyOf(symbols, distinct), Arrays.copyOf(counts, distinct));
  }

  /** The number of values counted. */
  int total() {
    int total = 0;
    for (int count : counts) {
      total = Math.addExact(total, count);
    }
    return total;
  }
}
