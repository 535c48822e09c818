package org.jetfold.study.bumphunt;

import java.util.Arrays;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a spectrum's bins: numbers of events, or sums of weights.
 *
 * <p>A sum of weights W, whose variance is the sum V of their squares, is taken for a multiple of a
 * Poisson number: W = s·n with the scale s = V/W, so that n = W²/V events have the same relative
 * error. A bin without events has the scale of the whole spectrum.
 *
 * @param sums of the weights in each bin, from 0 on
 * @param scales s of each bin, above 0; 1 where events count one each
 */
public record BinCounts(double[] sums, double[] scales) {
  /** Numbers of events. */
  public static BinCounts ofEvents(double... counts) {
    double[] ones = new double[counts.length];
    Arrays.fill(ones, 1);
    return new BinCounts(counts, ones);
  }

  /**
   * Sums of weights.
   *
   * @param variances of the sums: those of the squared weights
   */
  public static BinCounts ofWeights(double[] sums, double[] variances) {
    double sum = Arrays.stream(sums).sum();
    double whole = sum > 0 ? Arrays.stream(variances).sum() / sum : 1;
    double[] scales = new double[sums.length];
    Arrays.setAll(
        scales, bin -> sums[bin] > 0 && variances[bin] > 0 ? variances[bin] / sums[bin] : whole);
    return new BinCounts(sums, scales);
  }

  /**
   * Counts values.
   *
   * @param weights one for each value, from 0 on; null for 1 each
   */
  static BinCounts of(Bins bins, double[] values, double @Nullable [] weights) {
    return weights == null
        ? ofEvents(bins.histogram(values))
        : ofWeights(
            bins.histogram(values, weights),
            bins.histogram(values, Arrays.stream(weights).map(w -> w * w).toArray()));
  }

  /** Some of the bins. */
  BinCounts part(int from, int to) {
    return new BinCounts(Arrays.copyOfRange(sums, from, to), Arrays.copyOfRange(scales, from, to));
  }

  /** Other sums with the same scales. */
  BinCounts withSums(double[] others) {
    return new BinCounts(others, scales);
  }

  /** Whether some bin holds anything but events that count one each. */
  public boolean isWeighted() {
    return Arrays.stream(scales).anyMatch(scale -> scale != 1);
  }

  /** The statistical error of each bin. */
  public double[] errors() {
    double[] errors = new double[sums.length];
    Arrays.setAll(errors, bin -> Math.sqrt(sums[bin] * scales[bin]));
    return errors;
  }
}
