package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Two to this power of symbols that are not met cost less than sorting one that is. */
  private static final int SYMBOLS_PER_VALUE = 9;

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
    if (range > 0 && range <= most) {
      return counted(values, lowest, (int) range);
    }
    Symbols far = new Symbols.Longs(values);
    SymbolPages pages = pages(far, values.length, lowest, highest);
    return pages == null
        ? sorted(values)
        : counted(far, new byte[values.length], 1, pages).getFirst();
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
    int count = contexts.length;
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    switch (values) {
      case Symbols.Ints(int[] ints) -> {
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        for (int i = 0; i < count; i++) {
          least = Math.min(least, ints[i]);
          greatest = Math.max(greatest, ints[i]);
        }
        lowest = least;
        highest = greatest;
      }
      case Symbols.Longs(long[] longs) -> {
        for (int i = 0; i < count; i++) {
          lowest = Math.min(lowest, longs[i]);
          highest = Math.max(highest, longs[i]);
        }
      }
    }
    long range = highest - lowest + 1;
    if (count > 0 && range > 0 && range <= MAX_COUNTED_RANGE / Contexts.MOST) {
      return counted(values, contexts, number, lowest, (int) range);
    }
    SymbolPages pages = count == 0 ? null : pages(values, count, lowest, highest);
    if (pages != null) {
      return counted(values, contexts, number, pages);
    }
    long[][] parts = ContextParts.split(values.asLongs(count), contexts, number);
    return Arrays.stream(parts).map(SymbolCounts::of).toList();
  }

  /** Pages for values that are far apart; null where sorting them takes less. */
  private static @Nullable SymbolPages pages(Symbols values, int count, long least, long greatest) {
    boolean pay = Long.compareUnsigned((greatest - least) >>> SYMBOLS_PER_VALUE, count) < 0;
    SymbolPages.Marks marks = pay ? SymbolPages.Marks.between(least, greatest) : null;
    if (marks == null) {
      return null;
    }
    switch (values) {
      case Symbols.Ints(int[] ints) -> {
        for (int i = 0; i < count; i++) {
          marks.mark(ints[i]);
        }
      }
      case Symbols.Longs(long[] longs) -> {
        for (int i = 0; i < count; i++) {
          marks.mark(longs[i]);
        }
      }
    }
    return marks.pages();
  }

  private static List<SymbolCounts> counted(
      Symbols values, byte[] contexts, int number, long lowest, int range) {
    int[] counters = new int[number * range];
    switch (values) {
      case Symbols.Ints(int[] ints) -> {
        int least = (int) lowest;
        for (int i = 0; i < contexts.length; i++) {
          counters[contexts[i] * range + ints[i] - least]++;
        }
      }
      case Symbols.Longs(long[] longs) -> {
        for (int i = 0; i < contexts.length; i++) {
          counters[contexts[i] * range + (int) (longs[i] - lowest)]++;
        }
      }
    }
    List<SymbolCounts> all = new ArrayList<>();
    for (int context = 0; context < number; context++) {
      all.add(counted(counters, context * range, range, lowest));
    }
    return all;
  }

  private static List<SymbolCounts> counted(
      Symbols values, byte[] contexts, int number, SymbolPages pages) {
    int size = pages.size();
    int[] counters = new int[number * size];
    switch (values) {
      case Symbols.Ints(int[] ints) -> {
        for (int i = 0; i < contexts.length; i++) {
          counters[contexts[i] * size + pages.place(ints[i])]++;
        }
      }
      case Symbols.Longs(long[] longs) -> {
        for (int i = 0; i < contexts.length; i++) {
          counters[contexts[i] * size + pages.place(longs[i])]++;
        }
      }
    }
    List<SymbolCounts> all = new ArrayList<>();
    for (int context = 0; context < number; context++) {
      all.add(counted(counters, context * size, pages));
    }
    return all;
  }

  /** What the counters of all pages, from one on, have counted. */
  private static SymbolCounts counted(int[] counters, int from, SymbolPages pages) {
    long[] symbols = new long[pages.size()];
    int[] counts = new int[symbols.length];
    int[] distinct = {0};
    pages.forEach((symbol, place, many) -> {
      for (int i = 0; i < many; i++) {
        int count = counters[from + place + i];
        symbols[distinct[0]] = symbol + i;
        counts[distinct[0]] = count;
        distinct[0] += count > 0 ? 1 : 0;
      }
    });
    return new SymbolCounts(
        Arrays.copyOf(symbols, distinct[0]), Arrays.copyOf(counts, distinct[0]));
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
