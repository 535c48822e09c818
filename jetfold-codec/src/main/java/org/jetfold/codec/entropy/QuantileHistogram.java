package org.jetfold.codec.entropy;

/**
 * About how many bits numbers take in contexts, found in one pass over them in increasing order: in
 * each context, bins that hold about equally many are taken for evenly filled. A value that repeats
 * often has a bin of its own, and no bin reaches over a hole, as there is between zeros and floats.
 *
 * <p>Far faster than fitting distributions, and good enough to tell which of many contexts are
 * worth that.
 */
final class QuantileHistogram {
  /** Numbers of a bin, or a few more. */
  private static final int BIN = 16;

  /** A part of the range of all numbers that is a hole where no number is in it. */
  private static final int HOLES = 16;

  private final int contexts;

  /** No bin holds neighbours that are farther apart. */
  private final long hole;

  private final int[] counts;
  private final int[] inBin;
  private final int[] inRun;
  private final long[] first;
  private final long[] last;
  private final long[] beforeRun;
  private double bits;

  private QuantileHistogram(int contexts, long hole) {
    this.contexts = contexts;
    this.hole = hole;
    counts = new int[contexts];
    inBin = new int[contexts];
    inRun = new int[contexts];
    first = new long[contexts];
    last = new long[contexts];
    beforeRun = new long[contexts];
  }

  /**
   * The bits.
   *
   * @param order indices of the numbers, such that these increase
   * @param contextsOfNumbers the context of each number, below {@code contexts}
   */
  static double bits(long[] numbers, int[] order, byte[] contextsOfNumbers, int contexts) {
    long range = order.length == 0 ? 0 : numbers[order[order.length - 1]] - numbers[order[0]];
    QuantileHistogram histogram = new QuantileHistogram(contexts, (range >>> 1) / (HOLES / 2));
    for (int index : order) {
      histogram.add(numbers[index], contextsOfNumbers[index]);
    }
    return histogram.finish();
  }

  /** The bits of numbers that are all in one context. */
  static double bits(long[] numbers) {
    return bits(numbers, RadixSort.order(numbers), new byte[numbers.length], 1);
  }

  private void add(long number, int context) {
    if (inBin[context] > 0 && number == last[context]) {
      inRun[context]++;
      inBin[context]++;
      return;
    }
    if (inBin[context] >= BIN || (inBin[context] > 0 && isHole(number - last[context]))) {
      close(context);
    }
    if (inBin[context] == 0) {
      first[context] = number;
    }
    beforeRun[context] = last[context];
    last[context] = number;
    inRun[context] = 1;
    inBin[context]++;
  }

  /** Differences of more than 63 bits are negative. */
  private boolean isHole(long difference) {
    return difference < 0 || difference > hole;
  }

  private void close(int context) {
    int n = inBin[context];
    int run = inRun[context];
    counts[context] += n;
    if (run >= BIN && run < n) {
      bits += bits(n - run, beforeRun[context] - first[context] + 1) + bits(run, 1);
    } else {
      bits += bits(n, last[context] - first[context] + 1);
    }
    inBin[context] = 0;
  }

  /** What numbers take that are evenly spread over a width, less what choosing the bin takes. */
  private static double bits(int n, long width) {
    if (width == 0) {
      // All 64-bit integers.
      return n * (Long.SIZE - Log2.of(n));
    }
    int shift = Math.max(0, Integer.SIZE + 1 - Long.numberOfLeadingZeros(width));
    return n * (Log2.of((int) (width >>> shift)) + shift - Log2.of(n));
  }

  private double finish() {
    for (int context = 0; context < contexts; context++) {
      if (inBin[context] > 0) {
        close(context);
      }
      if (counts[context] > 0) {
        bits += counts[context] * Log2.of(counts[context]);
      }
    }
    return bits;
  }
}
