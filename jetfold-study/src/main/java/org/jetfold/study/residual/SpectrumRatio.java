package org.jetfold.study.residual;

import org.jetfold.study.statistics.Histogram;
import org.jetfold.study.statistics.LogHistogram;

/**
 * A variable's distribution before and after, in the same bins.
 *
 * @param before of the original values
 * @param after of the restored values
 */
public record SpectrumRatio(Bins before, Bins after) {
  /** Fewer (effective) entries than this say nothing of a bin. */
  public static final int FEWEST_ENTRIES = 100;

  private static final int MOST_BINS = 80;
  private static final double OUTSIDE = 5e-4;

  /** Where the central 99.8 % span more than this factor, the axis is logarithmic. */
  private static final double WIDE = 20;

  static SpectrumRatio of(
      ColumnResiduals.Spectrum before, ColumnResiduals.Spectrum after, boolean positive) {
    boolean logarithmic = positive && isWide(before.log);
    if (logarithmic) {
      return of(before.log, after.log, true);
    }
    before.linear.align(after.linear);
    return of(before.linear, after.linear, false);
  }

  private static SpectrumRatio of(Histogram before, Histogram after, boolean logarithmic) {
    Bins.Window window = Bins.window(before, OUTSIDE, MOST_BINS);
    return new SpectrumRatio(
        Bins.of(before, window, logarithmic), Bins.of(after, window, logarithmic));
  }

  private static boolean isWide(LogHistogram histogram) {
    Bins.Window central = Bins.window(histogram, 0.001, histogram.bins());
    return central.from() > 0
        && histogram.edge(central.to()) > WIDE * histogram.edge(central.from());
  }

  /** After over before in a bin; NaN where nothing was. */
  public double ratio(int bin) {
    return before.weights()[bin] == 0 ? Double.NaN : after.weights()[bin] / before.weights()[bin];
  }

  /** The relative statistical error of the original's bin, to compare the ratio with. */
  public double error(int bin) {
    return before.errors()[bin] / Math.abs(before.weights()[bin]);
  }

  /** Whether a bin has entries enough to be judged. */
  public boolean counts(int bin) {
    return error(bin) <= 1 / Math.sqrt(FEWEST_ENTRIES);
  }

  /** The largest |ratio − 1| of the bins that count; 0 where none does. */
  public double largestChange() {
    double largest = 0;
    for (int bin = 0; bin < before.weights().length; bin++) {
      if (counts(bin)) {
        largest = Math.max(largest, Math.abs(ratio(bin) - 1));
      }
    }
    return largest;
  }
}
