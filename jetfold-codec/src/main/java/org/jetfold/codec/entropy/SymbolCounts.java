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
    // Two counters for each symbol: where one symbol follows itself, adding to the counter that was
    // just written would have to wait for it.
    int[] table = new int[range];
    int[] odd = new int[range];
    int i = 0;
    for (; i + 1 < values.length; i += 2) {
      table[(int) (values[i] - minimum)]++;
      odd[(int) (values[i + 1] - minimum)]++;
    }
    if (i < values.length) {
      table[(int) (values[i] - minimum)]++;
    }
    long[] symbols = new long[Math.min(range, values.length)];
    int[] counts = new int[symbols.length];
    int distinct = 0;
    for (int symbol = 0; symbol < range; symbol++) {
      int count = table[symbol] + odd[symbol];
      if (count > 0) {
        symbols[distinct] = minimum + symbol;
        counts[distinct++] = count;
      }
    }
    return new SymbolCounts(Arrays.copyOf(symbols, distinct), Arrays.copyOf(counts, distinct));
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
