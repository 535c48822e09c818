package org.jetfold.study.quantization;

import org.jetfold.study.binning.Bins;

/**
 * What a first quantization does to the bins of a histogram.
 *
 * <p>A bin is filled by the levels in it, and each of these by its cell. Where the spectrum is flat
 * over a bin, its height is multiplied by the {@code factor}: the width of all cells of its levels
 * together, divided by the bin's own. On a uniform grid that is n(z)·Δ₁/Δ₂. Immutable.
 */
public final class DoubleQuantization {
  private final Bins bins;
  private final long[] levels;
  private final double[] factors;

  private DoubleQuantization(Bins bins, long[] levels, double[] factors) {
    this.bins = bins;
    this.levels = levels;
    this.factors = factors;
  }

  /** What to expect of values at some levels in some bins. */
  public static DoubleQuantization of(Levels quantized, Bins bins) {
    long[] levels = new long[bins.count()];
    double[] factors = new double[bins.count()];
    double below = quantized.effectiveEdge(bins.low());
    for (int bin = 0; bin < levels.length; bin++) {
      levels[bin] = quantized.count(bins.edge(bin), bins.edge(bin + 1));
      double above = quantized.effectiveEdge(bins.edge(bin + 1));
      factors[bin] = levels[bin] == 0 ? 0 : (above - below) / bins.width(bin);
      below = above;
    }
    return new DoubleQuantization(bins, levels, factors);
  }

  /** The bins. */
  public Bins bins() {
    return bins;
  }

  /** n(z): the number of levels in a bin. */
  public long levels(int bin) {
    return levels[bin];
  }

  /** By what a bin's height is multiplied: above 1 for a peak, below for a trough. */
  public double factor(int bin) {
    return factors[bin];
  }

  /** Heights as predicted for a histogram that has these without quantization. */
  public double[] predicted(double[] smooth) {
    double[] predicted = smooth.clone();
    for (int bin = 0; bin < predicted.length; bin++) {
      predicted[bin] *= factors[bin];
    }
    return predicted;
  }

  /**
   * Heights with the peaks and troughs taken out: divided by the factor, on a uniform grid
   * multiplied by (Δ₂/Δ₁)/n(z). NaN for a bin without levels, as there are where Δ₂ &lt; Δ₁:
   * nothing can be in it, so nothing says what would be.
   */
  public double[] corrected(double[] heights) {
    double[] corrected = heights.clone();
    for (int bin = 0; bin < corrected.length; bin++) {
      corrected[bin] = levels[bin] == 0 ? Double.NaN : heights[bin] / factors[bin];
    }
    return corrected;
  }

  /**
   * The statistical errors of corrected heights: √N, or √Σw², times the same factor.
   *
   * @param variances of the heights: counts, or sums of squared weights
   */
  public double[] correctedErrors(double[] variances) {
    double[] errors = new double[variances.length];
    for (int bin = 0; bin < errors.length; bin++) {
      errors[bin] = Math.sqrt(variances[bin]);
    }
    return corrected(errors);
  }

  /** Root mean square of the heights' relative deviations, weighted by what is expected. */
  public static double deviation(double[] heights, double[] expected) {
    double squares = 0;
    double weights = 0;
    for (int bin = 0; bin < heights.length; bin++) {
      if (expected[bin] > 0 && !Double.isNaN(heights[bin])) {
        double difference = heights[bin] - expected[bin];
        squares += difference * difference / expected[bin];
        weights += expected[bin];
      }
    }
    return weights == 0 ? 0 : Math.sqrt(squares / weights);
  }
}
