package org.jetfold.codec.entropy;

import java.util.Arrays;

/**
 * How often each symbol occurs: the distinct symbols in increasing order, and their counts.
 *
 * @param symbols distinct, increasing
 * @param counts at least 1 each; their sum fits an int
 */
record SymbolCounts(long[] symbols, int[] counts) {
  /** Up to this many consecutive symbols are counted in an array; beyond, symbols are sorted. */
  private static final int LARGEST_COUNTED_RANGE = 1 << 18;

  /** Counts all symbols of an array. */
  static SymbolCounts of(long[] values) {
    if (values.length == 0) {
      return new SymbolCounts(values, new int[0]);
    }
    // A loop each: only so does the compiler turn them into vector code.
    long minimum = values[0];
    for (long value : values) {
      minimum = Math.min(minimum, value);
    }
    long maximum = values[0];
    for (long value : values) {
      maximum = Math.max(maximum, value);
    }
    long range = maximum - minimum;
    return range >= 0 && range < LARGEST_COUNTED_RANGE
        ? counted(values, minimum, (int) range + 1)
        : sorted(values);
  }

  private static SymbolCounts counted(long[] values, long minimum, int range) {
    int[] table = new int[range];
    for (long value : values) {
      table[(int) (value - minimum)]++;
    }
    int distinct = 0;
    for (int count : table) {
      distinct += count > 0 ? 1 : 0;
    }
    long[] symbols = new long[distinct];
    int[] counts = new int[distinct];
    int at = 0;
    for (int i = 0; i < range; i++) {
      if (table[i] > 0) {
        symbols[at] = minimum + i;
        counts[at++] = table[i];
      }
    }
    return new SymbolCounts(symbols, counts);
  }

  private static SymbolCounts sorted(long[] values) {
    long[] symbols = values.clone();
    Arrays.sort(symbols);
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
