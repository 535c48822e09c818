package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What compression leaves in histograms of a variable, whatever their bins: the change of a bin's
 * content over its statistical error, in many binnings that are drawn at random.
 *
 * <p>The pull of a bin is (Σw after − Σw before)/√Σw² before. Binnings have random offsets and
 * widths between 1/200 and 1/2 of the spread, which is half the range of the central 68 % of the
 * values. Where 99 % of the values are above 0, every other binning is one in the logarithm, 0.5 to
 * 20 % wide. Bins with fewer than {@value #MIN_ENTRIES} effective entries (Σw)²/Σw² are left out,
 * and so are the lowest two of each binning: a sample often begins at a threshold, which no error
 * spares. The draws are the same each time.
 *
 * <p>Keeps the first values that it sees, up to a limit. Not thread-safe.
 */
public final class BinningPulls implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many binnings are drawn. */
  static final int BINNINGS = 100;

  /** The fewest effective entries of a bin that has a pull. */
  static final int MIN_ENTRIES = 50;

  private static final double SHARE_OF_POSITIVE = 0.99;
  private static final double CENTRAL = 0.68;
  private static final double NARROWEST = 1.0 / 200;
  private static final double WIDEST = 1.0 / 2;
  private static final double NARROWEST_RATIO = 0.005;
  private static final double WIDEST_RATIO = 0.2;
  private static final int LEFT_OUT_BELOW = 2;
  private static final double LARGEST_BIN = 0x1p52;
  private static final int FIRST_CAPACITY = 1024;
  private static final long SEED = 1;

  private final int limit;
  private double[] before = new double[0];
  private double[] after = new double[0];
  private double @Nullable [] weights;
  private int count;
  private boolean isChanged;

  /**
   * Begins without values.
   *
   * @param limit how many values are kept at most: 24 bytes each
   */
  BinningPulls(int limit) {
    this.limit = limit;
  }

  /**
   * The pulls of all bins.
   *
   * @param rms their root mean square; NaN where there are no bins
   * @param largest the largest magnitude; NaN where there are no bins
   * @param bins how many there are, in all binnings together
   * @param values how many values the binnings were filled with
   * @param weighted whether a value has another weight than 1
   */
  public record Pulls(double rms, double largest, long bins, int values, boolean weighted) {}

  /** Adds a value that is finite before and after. */
  void add(double original, double restored, double weight) {
    isChanged |= original != restored;
    if (count == limit) {
      return;
    }
    if (count == before.length) {
      int capacity = Math.min(limit, Math.max(FIRST_CAPACITY, 2 * count));
      before = Arrays.copyOf(before, capacity);
      after = Arrays.copyOf(after, capacity);
      if (weights != null) {
        weights = Arrays.copyOf(weights, capacity);
      }
    }
    if (weight != 1 && weights == null) {
      weights = new double[before.length];
      Arrays.fill(weights, 0, count, 1);
    }
    before[count] = original;
    after[count] = restored;
    if (weights != null) {
      weights[count] = weight;
    }
    count++;
  }

  /** Adds what another has seen, up to the limit of this. */
  void merge(BinningPulls other) {
    for (int i = 0; i < other.count; i++) {
      add(other.before[i], other.after[i], other.weights == null ? 1 : other.weights[i]);
    }
    isChanged |= other.isChanged;
  }

  /** Fills the binnings. */
  Pulls pulls() {
    Entries originals = Entries.of(before, weights, count);
    Entries restored = Entries.of(after, weights, count);
    Random random = new Random(SEED);
    double spread = originals.spread();
    boolean logarithmic = originals.shareAboveZero() >= SHARE_OF_POSITIVE;
    Sum sum = new Sum();
    for (int number = 0; number < BINNINGS; number++) {
      Binning binning =
          logarithmic && number % 2 == 1
              ? Binning.ofLogarithms(random)
              : Binning.ofValues(random, spread);
      sum.add(originals, restored, binning);
    }
    // Without a bin that has enough entries nothing is known, unless nothing has changed.
    double none = isChanged ? Double.NaN : 0;
    return new Pulls(
        sum.bins == 0 ? none : Math.sqrt(sum.squares / sum.bins),
        sum.bins == 0 ? none : sum.largest,
        sum.bins,
        count,
        weights != null);
  }

  private static double logUniform(Random random, double least, double most) {
    return Math.exp(Math.log(least) + random.nextDouble() * (Math.log(most) - Math.log(least)));
  }

  /** Bins of one width, of the values or of their logarithms. */
  private record Binning(boolean logarithmic, double width, double offset) {
    static Binning ofValues(Random random, double spread) {
      double width = spread * logUniform(random, NARROWEST, WIDEST);
      return new Binning(false, width, random.nextDouble() * width);
    }

    static Binning ofLogarithms(Random random) {
      double width = Math.log1p(logUniform(random, NARROWEST_RATIO, WIDEST_RATIO));
      return new Binning(true, width, random.nextDouble() * width);
    }

    /** The number of a value's bin; −∞ where a logarithm has none. */
    double of(double value) {
      if (logarithmic && value <= 0) {
        return Double.NEGATIVE_INFINITY;
      }
      return Math.floor(((logarithmic ? Math.log(value) : value) + offset) / width);
    }
  }

  /** Sums of pulls. */
  private static final class Sum {
    private double squares;
    private double largest;
    private long bins;

    void add(Entries originals, Entries restored, Binning binning) {
      int from = 0;
      for (int number = 0; from < originals.size(); number++) {
        double bin = binning.of(originals.value(from));
        int to = originals.end(from, bin, binning);
        // Beyond 2^52 the next bin has no number of its own; −∞ is no bin.
        if (number >= LEFT_OUT_BELOW
            && Math.abs(bin) < LARGEST_BIN
            && originals.effective(from, to) >= MIN_ENTRIES) {
          int first = restored.first(bin, binning);
          int behind = restored.first(bin + 1, binning);
          double pull =
              (restored.weight(first, behind) - originals.weight(from, to))
                  / Math.sqrt(originals.squares(from, to));
          squares += pull * pull;
          largest = Math.max(largest, Math.abs(pull));
          bins++;
        }
        from = to;
      }
    }
  }

  /** Values in their order, and sums of their weights before each; null where all weights are 1. */
  private record Entries(
      double[] values, double @Nullable [] sums, double @Nullable [] squareSums) {
    static Entries of(double[] values, double @Nullable [] weights, int count) {
      if (weights == null) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return new Entries(sorted, null, null);
      }
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
      double[] sorted = new double[count];
      double[] sums = new double[count + 1];
      double[] squareSums = new double[count + 1];
      for (int i = 0; i < count; i++) {
        double weight = weights[order[i]];
        sorted[i] = values[order[i]];
        sums[i + 1] = sums[i] + weight;
        squareSums[i + 1] = squareSums[i] + weight * weight;
      }
      return new Entries(sorted, sums, squareSums);
    }

    int size() {
      return values.length;
    }

    double value(int at) {
      return values[at];
    }

    double weight(int from, int to) {
      return sums == null ? to - from : sums[to] - sums[from];
    }

    double squares(int from, int to) {
      return squareSums == null ? to - from : squareSums[to] - squareSums[from];
    }

    double effective(int from, int to) {
      double weight = weight(from, to);
      double squares = squares(from, to);
      return squares > 0 ? weight * weight / squares : 0;
    }

    /** Half the range of the central 68 %; of values that are nearly all the same, of all. */
    double spread() {
      if (values.length == 0) {
        return 1;
      }
      int tail = (int) (values.length * (1 - CENTRAL) / 2);
      double central = values[values.length - 1 - tail] / 2 - values[tail] / 2;
      double whole = values[values.length - 1] / 2 - values[0] / 2;
      return central > 0 ? central : whole > 0 ? whole : 1;
    }

    double shareAboveZero() {
      int first = Arrays.binarySearch(values, Double.MIN_VALUE);
      // Any of equal values may be found; what lies below the least positive is not above 0.
      int notPositive = first < 0 ? -first - 1 : first;
      while (notPositive > 0 && values[notPositive - 1] > 0) {
        notPositive--;
      }
      return values.length == 0 ? 0 : (double) (values.length - notPositive) / values.length;
    }

    /** The first value behind those of a bin, of which one is known. */
    int end(int inside, double bin, Binning binning) {
      int step = 1;
      int known = inside;
      while (known + step < values.length && binning.of(values[known + step]) <= bin) {
        known += step;
        step *= 2;
      }
      return firstBehind(known + 1, Math.min(values.length, known + step), bin + 1, binning);
    }

    /** The first value that is in a bin or above it. */
    int first(double bin, Binning binning) {
      return firstBehind(0, values.length, bin, binning);
    }

    private int firstBehind(int from, int to, double bin, Binning binning) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (binning.of(values[middle]) < bin) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
