package org.jetfold.codec.entropy;

/** Sorts symbols eleven bits at a time, leaving out bits in which they do not differ. */
final class RadixSort {
  private static final int DIGIT = 11;
  private static final int DIGITS = 1 << DIGIT;

  private RadixSort() {}

  /** The symbols in increasing order, in an array of their own. */
  static long[] sorted(long[] symbols) {
    long least = symbols[0];
    long greatest = symbols[0];
    for (long symbol : symbols) {
      least = Math.min(least, symbol);
      greatest = Math.max(greatest, symbol);
    }
    long[] sorted = symbols.clone();
    long[] other = new long[symbols.length];
    // Distances to the least one are unsigned, and short where all symbols are near one another.
    int bits = Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
    for (int shift = 0; shift < bits; shift += DIGIT) {
      if (distribute(sorted, other, least, shift)) {
        long[] filled = other;
        other = sorted;
        sorted = filled;
      }
    }
    return sorted;
  }

  /** Sorts by one digit, keeping the order of equal ones; false where all are equal. */
  private static boolean distribute(long[] from, long[] to, long least, int shift) {
    int[] starts = new int[DIGITS + 1];
    for (long symbol : from) {
      starts[digit(symbol - least, shift) + 1]++;
    }
    if (starts[digit(from[0] - least, shift) + 1] == from.length) {
      return false;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      starts[digit + 1] += starts[digit];
    }
    for (long symbol : from) {
      to[starts[digit(symbol - least, shift)]++] = symbol;
    }
    return true;
  }

  private static int digit(long distance, int shift) {
    return (int) (distance >>> shift) & (DIGITS - 1);
  }
}
