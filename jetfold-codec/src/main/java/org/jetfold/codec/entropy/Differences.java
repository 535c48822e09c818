package org.jetfold.codec.entropy;

/**
 * Differences of symbols to a reference: the symbol before, which is near where a column counts up
 * or falls within an event, or the same row's symbol of another column, which is near where two
 * columns measure almost the same (docs/format.md section 9). All wrap around.
 *
 * <p>The lengths in bits are a quick look at the first symbols, to see whether fitting a
 * distribution to differences is worth the time.
 */
final class Differences {
  static final int SAMPLE = 512;
  private static final int MIN_SAMPLE = 8;
  private static final int FIRST_LOOK = 32;

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

  /** How many pairs of symbols to look at; 0 where there are too few. */
  static int sample(long[] symbols) {
    int pairs = Math.min(symbols.length / 2, SAMPLE);
    return pairs < MIN_SAMPLE ? 0 : pairs;
  }

  /** Summed lengths of differences between symbols far apart. */
  static int strangers(long[] symbols, int sample) {
    int apart = symbols.length / 2;
    int sum = 0;
    for (int i = 0; i < sample; i++) {
      sum += length(symbols[i + apart] - symbols[i]);
    }
    return sum;
  }

  /** Summed lengths of differences between neighbours. */
  static int neighbours(long[] symbols, int sample) {
    int sum = 0;
    for (int i = 0; i < sample; i++) {
      sum += length(symbols[i + 1] - symbols[i]);
    }
    return sum;
  }

  /**
   * Summed lengths of differences between symbols without their grid and a column, or more than
   * {@code limit} where the first pairs show that it would be: with hundreds of columns there are
   * many pairs of them to look at.
   */
  static int columns(long[] symbols, long[] column, int grid, int sample, int limit) {
    int few = Math.min(sample, FIRST_LOOK);
    int sum = lengths(symbols, column, grid, 0, few);
    if (4L * sum * sample > 5L * limit * few) {
      return limit + 1;
    }
    return sum + lengths(symbols, column, grid, few, sample);
  }

  private static int lengths(long[] symbols, long[] column, int grid, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += length(symbols[i] - (column[i] >> grid));
    }
    return sum;
  }

  private static int length(long difference) {
    return 64 - Long.numberOfLeadingZeros(Math.abs(difference));
  }
}
