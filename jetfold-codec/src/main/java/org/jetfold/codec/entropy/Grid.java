package org.jetfold.codec.entropy;

import java.util.Arrays;

/**
 * Symbols whose low bits follow from the sign: all 0 where they are not negative, all 1 where they
 * are (docs/format.md section 9). Ranks of floats that were stored with fewer mantissa bits are
 * such symbols, and so are those of integers in floats. With a grid of g, the g low bits are left
 * out.
 */
final class Grid {
  /** The most bits that can be left out. */
  static final int MAX = 63;

  private Grid() {}

  /** The largest grid that all symbols are on; 0 where leaving out bits would save none. */
  static int of(long[] symbols) {
    long bits = 0;
    for (long symbol : symbols) {
      bits |= symbol ^ (symbol >> 63);
      // Most columns are on none, which the first symbols show.
      if ((bits & 1) != 0) {
        return 0;
      }
    }
    return bits == 0 ? 0 : Long.numberOfTrailingZeros(bits);
  }

  /** As above, of the first symbols, which are ints. */
  static int of(int[] symbols, int count) {
    int bits = 0;
    for (int i = 0; i < count && (bits & 1) == 0; i++) {
      bits |= symbols[i] ^ (symbols[i] >> 31);
    }
    return bits == 0 ? 0 : Integer.numberOfTrailingZeros(bits);
  }

  /** The symbols without their low bits: the array itself for grid 0, else a new one. */
  static long[] without(long[] symbols, int count, int grid) {
    if (grid == 0) {
      return symbols;
    }
    return without(symbols, 0, count, grid);
  }

  /** {@code count} symbols from index {@code from} on, without their low bits, in a new array. */
  static long[] without(long[] symbols, int from, int count, int grid) {
    long[] shifted = Arrays.copyOfRange(symbols, from, from + count);
    for (int i = 0; i < count; i++) {
      shifted[i] >>= grid;
    }
    return shifted;
  }

  /**
   * Puts the low bits back, in place.
   *
   * @return whether all symbols are within 64 bits
   */
  static boolean restore(long[] symbols, int count, int grid) {
    if (grid == 0) {
      return true;
    }
    long beyond = 0;
    for (int i = 0; i < count; i++) {
      long symbol = symbols[i];
      long shifted = symbol << grid;
      beyond |= (shifted >> grid) ^ symbol;
      symbols[i] = shifted | ((symbol >> 63) & ~(-1L << grid));
    }
    return beyond == 0;
  }
}
