package org.jetfold.codec.entropy;

import org.jspecify.annotations.Nullable;

/**
 * Symbols as ints, as nearly all of FLOAT32 columns are: half the memory, and twice as many in a
 * vector. Sums that are none are found, and then computed as longs.
 */
public final class IntSymbols {
  private IntSymbols() {}

  /**
   * The first {@code count} symbols as ints; null where one is none.
   *
   * @param symbols at least as many
   */
  public static int @Nullable [] narrowed(long[] symbols, int count) {
    int[] narrow = new int[count];
    long beyond = 0;
    for (int i = 0; i < count; i++) {
      narrow[i] = (int) symbols[i];
    }
    for (int i = 0; i < count; i++) {
      beyond |= symbols[i] ^ (symbols[i] << 32 >> 32);
    }
    return beyond == 0 ? narrow : null;
  }

  /** Writes the first {@code count} symbols as longs. */
  public static void widen(int[] symbols, int count, long[] wide) {
    for (int i = 0; i < count; i++) {
      wide[i] = symbols[i];
    }
  }

  /** Adds a column's symbols without their low bits, in place; whether all sums are ints. */
  static boolean addColumn(int[] differences, int[] column, int count, int grid) {
    // A shift by 32 would be a shift by 0.
    int shift = Math.min(grid, 31);
    int beyond = 0;
    for (int i = 0; i < count; i++) {
      int summand = column[i] >> shift;
      int sum = differences[i] + summand;
      beyond |= (sum ^ differences[i]) & (sum ^ summand);
      differences[i] = sum;
    }
    return beyond >= 0;
  }

  /** Adds differences to the symbol before up, in place; whether all sums are ints. */
  static boolean addPrevious(int[] differences, int count) {
    long sum = 0;
    long beyond = 0;
    for (int i = 0; i < count; i++) {
      sum += differences[i];
      beyond |= sum ^ (int) sum;
      differences[i] = (int) sum;
    }
    return beyond == 0;
  }

  /**
   * Adds the sum before, in place, where rows are not in context 0; whether all sums are ints.
   *
   * @param offsets of the rows, which are 0 in context 0
   */
  static boolean addBefore(int[] differences, int[] offsets, int count) {
    long sum = 0;
    long beyond = 0;
    for (int i = 0; i < count; i++) {
      sum = differences[i] + (sum & (-offsets[i] >> 31));
      beyond |= sum ^ (int) sum;
      differences[i] = (int) sum;
    }
    return beyond == 0;
  }

  /** Puts the low bits of a grid back, in place; whether all symbols are ints. */
  static boolean restoreGrid(int[] symbols, int count, int grid) {
    if (grid == 0) {
      return true;
    }
    if (grid > 31) {
      return false;
    }
    int beyond = 0;
    int low = ~(-1 << grid);
    for (int i = 0; i < count; i++) {
      int symbol = symbols[i];
      int shifted = symbol << grid;
      beyond |= (shifted >> grid) ^ symbol;
      symbols[i] = shifted | ((symbol >> 31) & low);
    }
    return beyond == 0;
  }
}
