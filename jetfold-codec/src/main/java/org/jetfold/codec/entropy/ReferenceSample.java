package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Whether coding differences may take fewer bits than coding the symbols, from what both cost on a
 * sample: fitting a distribution to all of a stream's differences is worth its time only then.
 *
 * <p>Costs on a sample are near those of the whole, so what looks a little dearer is fitted, too.
 * The fit decides. So a reference is not lost because a coarser precision promises a little less.
 */
final class ReferenceSample {
  /** How many of a column's first symbols are compared with other columns'. */
  static final int BEGINNING = 2048;

  /** Pieces of a stream that are looked at, spread evenly, and how long each is. */
  private static final int PIECES = 8;

  private static final int PIECE = 256;

  /** With so few symbols nothing is to be gained. */
  private static final int FEWEST = 16;

  /** How much dearer than the symbols themselves differences may look. */
  private static final double MARGIN = 1.05;

  /** Of other columns, the nearest is found by so many symbols, and almost all by a few. */
  private static final int LOOK = 512;

  private static final int FIRST_LOOK = 32;

  private ReferenceSample() {}

  /** Whether differences to the symbol before may be worth it. */
  static boolean previousMayPay(long[] symbols, int[] blockStarts) {
    if (symbols.length < FEWEST) {
      return false;
    }
    if (symbols.length <= PIECES * PIECE) {
      return isCheaper(Differences.toPrevious(symbols, blockStarts), symbols);
    }
    long[] own = new long[PIECES * PIECE];
    long[] differences = new long[own.length];
    for (int piece = 0; piece < PIECES; piece++) {
      int from = 1 + (int) ((symbols.length - 1L - PIECE) * piece / (PIECES - 1));
      System.arraycopy(symbols, from, own, piece * PIECE, PIECE);
      for (int i = 0; i < PIECE; i++) {
        differences[piece * PIECE + i] = symbols[from + i] - symbols[from + i - 1];
      }
    }
    return isCheaper(differences, own);
  }

  /**
   * The column to which differences may be worth it; −1 where there is none.
   *
   * @param symbols without their grid
   * @param beginnings the first symbols, with it, of each column that may be referred to
   */
  static int columnThatMayPay(long[] symbols, Map<Integer, long[]> beginnings, int grid) {
    int count = Math.min(symbols.length, BEGINNING);
    int nearest = count < FEWEST ? -1 : nearest(symbols, beginnings, grid);
    if (nearest < 0) {
      return -1;
    }
    long[] own = Arrays.copyOf(symbols, count);
    long[] other = Grid.without(Objects.requireNonNull(beginnings.get(nearest)), count, grid);
    long[] differences = new long[count];
    Differences.toColumn(own, other, 0, count, differences);
    return isCheaper(differences, own) ? nearest : -1;
  }

  private static boolean isCheaper(long[] differences, long[] symbols) {
    return QuantileHistogram.bits(differences) < QuantileHistogram.bits(symbols) * MARGIN;
  }

  /**
   * The column whose differences are shortest in the first rows, if they are shorter than those
   * between symbols far apart.
   */
  private static int nearest(long[] symbols, Map<Integer, long[]> beginnings, int grid) {
    int pairs = Math.min(symbols.length / 2, LOOK);
    int shortest = lengthsOfUnrelated(symbols, pairs) - pairs / 4;
    int nearest = -1;
    for (Map.Entry<Integer, long[]> column : beginnings.entrySet()) {
      int length = lengths(symbols, column.getValue(), grid, pairs, shortest);
      if (length < shortest) {
        shortest = length;
        nearest = column.getKey();
      }
    }
    return nearest;
  }

  /** Summed lengths of differences between symbols far apart. */
  private static int lengthsOfUnrelated(long[] symbols, int pairs) {
    int apart = symbols.length / 2;
    int sum = 0;
    for (int i = 0; i < pairs; i++) {
      sum += length(symbols[i + apart] - symbols[i]);
    }
    return sum;
  }

  /**
   * Summed lengths of differences between symbols without their grid and a column, or more than
   * {@code limit} where the first pairs show that it would be: with hundreds of columns there are
   * many pairs of them to look at.
   */
  private static int lengths(long[] symbols, long[] column, int grid, int pairs, int limit) {
    int few = Math.min(pairs, FIRST_LOOK);
    int sum = lengthsBetween(symbols, column, grid, 0, few);
    if (4L * sum * pairs > 5L * limit * few) {
      return limit + 1;
    }
    return sum + lengthsBetween(symbols, column, grid, few, pairs);
  }

  private static int lengthsBetween(long[] symbols, long[] column, int grid, int from, int to) {
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
