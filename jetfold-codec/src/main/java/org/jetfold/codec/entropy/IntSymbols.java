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
    return narrow(symbols, count, narrow, 0) ? narrow : null;
  }

  /** Writes the first {@code count} symbols as ints, from an index on; whether all are ints. */
  public static boolean narrow(long[] symbols, int count, int[] narrow, int at) {
    for (int i = 0; i < count; i++) {
      narrow[at + i] = (int) symbols[i];
    }
    long beyond = 0;
    for (int i = 0; i < count; i++) {
      beyond |= symbols[i] ^ (symbols[i] << 32 >> 32);
    }
    return beyond == 0;
  }

  /** Writes the first {@code count} symbols as longs. */
  public static void widen(int[] symbols, int count, long[] wide) {
    for (int i = 0; i < count; i++) {
      wide[i] = symbols[i];
    }
  }

  /** Takes a column's symbols without their low bits off, in place; whether all are ints then. */
  static boolean subtractColumn(int[] symbols, int[] column, int count, int grid) {
    int beyond = 0;
    for (int i = 0; i < count; i++) {
      int told = column[i] >> grid;
      int difference = symbols[i] - told;
      beyond |= (symbols[i] ^ told) & (symbols[i] ^ difference);
      symbols[i] = difference;
    }
    return beyond >= 0;
  }

  /**
   * Takes the symbol before off, in place, where rows are not in context 0; whether all are ints
   * then.
   */
  static boolean subtractBefore(int[] symbols, byte[] contexts) {
    long beyond = 0;
    int before = 0;
    for (int i = 0; i < contexts.length; i++) {
      int symbol = symbols[i];
      long difference = (long) symbol - (before & (-contexts[i] >> 31));
      beyond |= difference ^ (int) difference;
      symbols[i] = (int) difference;
      before = symbol;
    }
    return beyond == 0;
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
