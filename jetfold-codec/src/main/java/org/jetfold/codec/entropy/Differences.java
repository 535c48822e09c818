package org.jetfold.codec.entropy;

/**
 * Differences of symbols to a reference: the symbol before, which is near where a column counts up
 * or falls within an event, or the same row's symbol of another column, which is near where two
 * columns measure almost the same (docs/format.md section 9). All wrap around.
 */
final class Differences {
  private Differences() {}

  /** Differences to the symbol before, starting anew from 0 at each block. */
  static long[] toPrevious(long[] symbols, int[] blockStarts) {
    long[] differences = new long[symbols.length];
    for (int block = 0; block < blockStarts.length; block++) {
      int from = blockStarts[block];
      int end = block + 1 < blockStarts.length ? blockStarts[block + 1] : symbols.length;
      toPrevious(symbols, from, end - from, differences, from);
    }
    return differences;
  }

  /** Differences to the symbol before in one block, whose first symbol's is the symbol itself. */
  static void toPrevious(long[] symbols, int from, int count, long[] differences, int at) {
    if (count > 0) {
      differences[at] = symbols[from];
    }
    for (int i = 1; i < count; i++) {
      differences[at + i] = symbols[from + i] - symbols[from + i - 1];
    }
  }

  /** Adds differences to the symbol before up, in place. */
  static void undoPrevious(long[] differences, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += differences[i];
      differences[i] = sum;
    }
  }

  /** Differences to another column, symbol by symbol. */
  static void toColumn(long[] symbols, long[] column, int from, int count, long[] differences) {
    for (int i = 0; i < count; i++) {
      differences[i] = symbols[from + i] - column[from + i];
    }
  }

  /** Adds another column, in place. */
  static void undoColumn(long[] differences, long[] column, int count) {
    for (int i = 0; i < count; i++) {
      differences[i] += column[i];
    }
  }
}
