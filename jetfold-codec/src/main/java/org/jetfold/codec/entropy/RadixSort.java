package org.jetfold.codec.entropy;

/** Sorts symbols a few bits at a time, leaving out bits in which they do not differ. */
final class RadixSort {
  /** Few symbols are sorted with smaller digits, of which there are fewer to count. */
  private static final int FEW = 2048;

  private final int digitBits;
  private final long least;
  private final int bits;

  private RadixSort(long[] symbols) {
    digitBits = symbols.length < FEW ? 8 : 11;
    long lowest = symbols[0];
    long highest = lowest;
    for (long symbol : symbols) {
      lowest = Math.min(lowest, symbol);
      highest = Math.max(highest, symbol);
    }
    least = lowest;
    // Distances to the least one are unsigned, and short where all symbols are near one another.
    bits = Long.SIZE - Long.numberOfLeadingZeros(highest - lowest);
  }

  /** The symbols in increasing order, in an array of their own. */
  static long[] sorted(long[] symbols) {
    long[] sorted = symbols.clone();
    if (symbols.length < 2) {
      return sorted;
    }
    RadixSort sort = new RadixSort(symbols);
    long[] other = new long[symbols.length];
    for (int shift = 0; shift < sort.bits; shift += sort.digitBits) {
      int[] starts = sort.starts(sorted, shift);
      if (sort.allAreEqual(sorted, starts, shift)) {
        continue;
      }
      for (long symbol : sorted) {
        other[starts[sort.digit(symbol, shift)]++] = symbol;
      }
      long[] filled = other;
      other = sorted;
      sorted = filled;
    }
    return sorted;
  }

  /** The indices of symbols in increasing order, those of equal ones increasing, too. */
  static int[] order(long[] symbols) {
    int[] order = new int[symbols.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (symbols.length < 2) {
      return order;
    }
    RadixSort sort = new RadixSort(symbols);
    int[] other = new int[order.length];
    for (int shift = 0; shift < sort.bits; shift += sort.digitBits) {
      int[] starts = sort.starts(symbols, shift);
      if (sort.allAreEqual(symbols, starts, shift)) {
        continue;
      }
      for (int index : order) {
        other[starts[sort.digit(symbols[index], shift)]++] = index;
      }
      int[] filled = other;
      other = order;
      order = filled;
    }
    return order;
  }

  /** Where the symbols with each digit start. */
  private int[] starts(long[] symbols, int shift) {
    int[] starts = new int[(1 << digitBits) + 1];
    for (long symbol : symbols) {
      starts[digit(symbol, shift) + 1]++;
    }
    for (int digit = 1; digit < starts.length; digit++) {
      starts[digit] += starts[digit - 1];
    }
    return starts;
  }

  private boolean allAreEqual(long[] symbols, int[] starts, int shift) {
    int first = digit(symbols[0], shift);
    return starts[first + 1] - starts[first] == symbols.length;
  }

  private int digit(long symbol, int shift) {
    return (int) ((symbol - least) >>> shift) & ((1 << digitBits) - 1);
  }
}
