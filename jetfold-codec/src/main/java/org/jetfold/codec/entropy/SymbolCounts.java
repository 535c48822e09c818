package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often each symbol occurs: the distinct symbols in increasing order, and their counts.
 *
 * @param symbols distinct, increasing
 * @param counts at least 1 each; their sum fits an int
 */
record SymbolCounts(long[] symbols, int[] counts) {
  /** Up to this many consecutive symbols are counted in an array. */
  private static final int MAX_COUNTED_RANGE = 1 << 18;

  /** An array of counters that is longer than so many times the values takes more than sorting. */
  private static final int COUNTERS_PER_VALUE = 4;

  /** Counts all symbols of an array. */
  static SymbolCounts of(long[] values) {
    if (values.length == 0) {
      return new SymbolCounts(values, new int[0]);
    }
    long lowest = values[0];
    long highest = lowest;
    // Both in one loop: only so does the compiler turn it into vector code.
    for (long value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    long range = highest - lowest + 1;
    long most = Math.min(MAX_COUNTED_RANGE, (long) COUNTERS_PER_VALUE * values.length);
    return range > 0 && range <= most ? counted(values, lowest, (int) range) : sorted(values);
  }

  private static SymbolCounts counted(long[] values, long lowest, int range) {
    // Two counters for each symbol: where one symbol follows itself, adding to the counter that was
    // just written would have to wait for it.
    int[] even = new int[range];
    int[] odd = new int[range];
    int i = 0;
    for (; i < values.length - 1; i += 2) {
      even[(int) (values[i] - lowest)]++;
      odd[(int) (values[i + 1] - lowest)]++;
    }
    if (i < values.length) {
      even[(int) (values[i] - lowest)]++;
    }
    for (int at = 0; at < range; at++) {
      even[at] += odd[at];
    }
    return counted(even, 0, range, lowest);
  }

  /**
   * Counts the symbols of each context.
   *
   * @param contexts of the values, below {@code number}
   */
  static List<SymbolCounts> of(Symbols values, byte[] contexts, int number) {
    return switch (values) {
      case Symbols.Ints(int[] ints) -> of(ints, contexts, number);
      case Symbols.Longs(long[] longs) -> of(longs, contexts, number);
    };
  }

  private static List<SymbolCounts> of(int[] values, byte[] contexts, int number) {
    int lowest = Integer.MAX_VALUE;
    int highest = Integer.MIN_VALUE;
    for (int value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    long span = (long) highest - lowest + 1;
    if (values.length == 0 || span > MAX_COUNTED_RANGE / Contexts.MOST) {
      return of(new Symbols.Ints(values).asLongs(values.length), contexts, number);
    }
    int range = (int) span;
    int[] counters = new int[number * range];
    for (int i = 0; i < values.length; i++) {
      counters[contexts[i] * range + values[i] - lowest]++;
    }
    return countedInEach(counters, number, range, lowest);
  }

  private static List<SymbolCounts> of(long[] values, byte[] contexts, int number) {
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (long value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    long range = highest - lowest + 1;
    if (values.length == 0 || range <= 0 || range > MAX_COUNTED_RANGE / Contexts.MOST) {
      long[][] parts = ContextParts.split(values, contexts, number);
      return Arrays.stream(parts).map(SymbolCounts::of).toList();
    }
    int[] counters = new int[number * (int) range];
    for (int i = 0; i < values.length; i++) {
      counters[contexts[i] * (int) range + (int) (values[i] - lowest)]++;
    }
    return countedInEach(counters, number, (int) range, lowest);
  }

  private static List<SymbolCounts> countedInEach(
      int[] counters, int number, int range, long lowest) {
    List<SymbolCounts> all = new ArrayList<>();
    for (int context = 0; context < number; context++) {
      all.add(counted(counters, context * range, range, lowest));
    }
    return all;
  }

  /** What so many counters from one on have counted, the first that of the lowest symbol. */
  private static SymbolCounts counted(int[] counters, int from, int range, long lowest) {
    int distinct = 0;
    for (int at = from; at < from + range; at++) {
      distinct += counters[at] > 0 ? 1 : 0;
    }
    long[] symbols = new long[distinct];
    int[] counts = new int[distinct];
    int filled = 0;
    for (int at = 0; filled < distinct; at++) {
      if (counters[from + at] > 0) {
        symbols[filled] = lowest + at;
        counts[filled++] = counters[from + at];
      }
    }
    return new SymbolCounts(symbols, counts);
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
