package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column in the sampled rows of its group, with what a search for contexts asks of it again and
 * again. Immutable.
 */
public final class SampledColumn {
  /** The most parts that {@link #bins} divides a column's symbols into. */
  static final int BINS = 32;

  /** Differences of so many symbols tell how much all vary. */
  private static final int LOOK = 256;

  private final int number;
  private final long[] symbols;
  private final long[] before;
  private final long[] looked;
  private final byte[] bins;
  private final byte[] classes;
  private final long[] sizes;
  private final long[] sizesBehindFirst;

  /**
   * A column.
   *
   * @param number of the column
   * @param symbols of the rows
   * @param before the symbols of the rows before these, 0 for the first of all
   * @param places of the rows in their lists; null where rows are not in lists
   */
  public SampledColumn(int number, long[] symbols, long[] before, int @Nullable [] places) {
    this.number = number;
    this.symbols = symbols;
    this.before = before;
    int step = Math.max(1, symbols.length / LOOK);
    looked = new long[symbols.length / step];
    Arrays.setAll(looked, i -> symbols[i * step]);
    bins = bins(symbols);
    long[] unsorted = Arrays.stream(symbols).map(Contexts::size).toArray();
    sizes = RadixSort.sorted(unsorted);
    sizesBehindFirst = places == null ? sizes : RadixSort.sorted(behindFirst(unsorted, places));
    classes = above(unsorted, limits(sizes, Contexts.MOST, 0));
  }

  /** Parts of about equally many symbols, such that equal ones are in the same part. */
  private static byte[] bins(long[] symbols) {
    byte[] bins = new byte[symbols.length];
    int[] order = RadixSort.order(symbols);
    int bin = 0;
    for (int i = 1; i < order.length; i++) {
      if (symbols[order[i]] != symbols[order[i - 1]]) {
        bin = (int) ((long) i * BINS / order.length);
      }
      bins[order[i]] = (byte) bin;
    }
    return bins;
  }

  private static long[] behindFirst(long[] numbers, int[] places) {
    long[] kept = new long[numbers.length];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      kept[count] = numbers[i];
      count += places[i] > 0 ? 1 : 0;
    }
    return Arrays.copyOf(kept, count);
  }

  /**
   * Limits that divide numbers into about equally many in each part, all above a least one.
   *
   * @param sorted the numbers
   */
  static long[] limits(long[] sorted, int parts, long least) {
    long[] limits = new long[parts - 1];
    int found = 0;
    long last = sorted.length == 0 ? least : Math.max(least, sorted[0]);
    for (int part = 1; part < parts && sorted.length > 0; part++) {
      long limit = sorted[(int) ((long) part * sorted.length / parts)];
      if (limit > last) {
        limits[found++] = limit;
        last = limit;
      }
    }
    return Arrays.copyOf(limits, found);
  }

  /** For each number, how many limits are not above it. */
  static byte[] above(long[] numbers, long[] limits) {
    byte[] above = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int found = Arrays.binarySearch(limits, numbers[i]);
      above[i] = (byte) (found < 0 ? -found - 1 : found + 1);
    }
    return above;
  }

  /** The column's number. */
  int number() {
    return number;
  }

  /** The symbols of the rows; not to be changed. */
  long[] symbols() {
    return symbols;
  }

  /** The symbols of the rows before; not to be changed. */
  long[] before() {
    return before;
  }

  /** Some of the symbols, spread evenly; not to be changed. */
  long[] looked() {
    return looked;
  }

  /** For each row, in which of {@link #BINS} parts of about equally many its symbol is. */
  byte[] bins() {
    return bins;
  }

  /** For each row, in which of {@link Contexts#MOST} parts the size of its symbol is. */
  byte[] classes() {
    return classes;
  }

  /**
   * The limits between contexts that the column's sizes tell apart.
   *
   * @param number the most contexts
   * @param behindFirst whether the first rows of lists have a context of their own, beside these
   */
  long[] limitsOfContexts(int number, boolean behindFirst) {
    return limits(behindFirst ? sizesBehindFirst : sizes, number, 0);
  }
}
