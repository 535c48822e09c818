package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the residuals of several columns are correlated: by their ranks, by Pearson's coefficient of
 * clipped residuals, and in a two-dimensional histogram of each pair. A residual that is not
 * defined counts as 0. Not thread-safe.
 *
 * <p>A few large residuals can hide a correlation of all others from Pearson's coefficient, so the
 * largest and smallest 0.5 % are clipped. Coefficients are those of the first 65,536 rows.
 *
 * <p>The histograms' axes are set by the first rows, so that 99 % of their residuals fill the inner
 * four fifths; what is outside counts in the outermost bins.
 */
public final class Correlations implements Serializable {
  private static final long serialVersionUID = 1L;

  /** HistogramWindow on each axis of a pair's histogram. */
  public static final int BINS = 24;

  /** The residuals of more columns than this are not correlated. */
  public static final int MAX_COLUMNS = 30;

  /** The part of residuals on either side that is clipped. */
  public static final double CLIPPED = 0.005;

  private static final double INNER = 0.99;
  private static final double WIDER = 1.25;

  private final String[] names;
  private final double[] ranges;
  private final double[][] pairs;
  private final ResidualSample sample;

  /**
   * Sets the axes.
   *
   * @param names of the columns
   * @param ranges for each column how far the axes reach
   */
  Correlations(List<String> names, double[] ranges) {
    this.names = names.toArray(String[]::new);
    this.ranges = ranges.clone();
    int columns = ranges.length;
    pairs = new double[columns * columns][];
    sample = new ResidualSample(columns);
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b <= a; b++) {
        pairs[a * columns + b] = new double[b < a ? BINS * BINS : 0];
      }
    }
  }

  /** How far the axes reach, as the first residuals of each column say. */
  static double[] ranges(List<double[]> first) {
    return first.stream().mapToDouble(Correlations::range).toArray();
  }

  private static double range(double[] residuals) {
    double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    double inner = sizes.length == 0 ? 0 : sizes[(int) (INNER * (sizes.length - 1))];
    double largest = sizes.length == 0 ? 0 : sizes[sizes.length - 1];
    return WIDER * (inner > 0 ? inner : largest > 0 ? largest : 1);
  }

  /**
   * Adds rows.
   *
   * @param residuals for each column those of the rows
   */
  void add(List<double[]> residuals, double[] weights) {
    int columns = names.length;
    sample.add(residuals, weights);
    byte[][] bins = new byte[columns][];
    IntStream.range(0, columns)
        .parallel()
        .forEach(column -> {
          double[] own = residuals.get(column);
          bins[column] = new byte[own.length];
          for (int row = 0; row < own.length; row++) {
            bins[column][row] = (byte) bin(own[row], ranges[column]);
          }
        });
    IntStream.range(0, columns)
        .parallel()
        .forEach(a -> {
          for (int b = 0; b < a; b++) {
            double[] pair = pairs[a * columns + b];
            for (int row = 0; row < weights.length; row++) {
              pair[bins[a][row] * BINS + bins[b][row]] += weights[row];
            }
          }
        });
  }

  /** Adds what another with the same axes has seen, of rows behind these. */
  void merge(Correlations other) {
    if (!Arrays.equals(ranges, other.ranges)) {
      throw new IllegalArgumentException("the axes of the correlations differ");
    }
    sample.merge(other.sample);
    for (int pair = 0; pair < pairs.length; pair++) {
      for (int bin = 0; pairs[pair] != null && bin < pairs[pair].length; bin++) {
        pairs[pair][bin] += other.pairs[pair][bin];
      }
    }
  }

  private static int bin(double residual, double range) {
    return (int) Math.clamp(Math.floor((residual / range + 1) / 2 * BINS), 0, BINS - 1);
  }

  /** The columns. */
  public List<String> names() {
    return List.of(names);
  }

  /** A pair's histogram reaches from −range to range. */
  public double range(int column) {
    return ranges[column];
  }

  /** The weights of a pair's histogram, those of one bin of {@code a} side by side; b &lt; a. */
  public double[] pair(int a, int b) {
    return pairs[a * names.length + b];
  }

  /**
   * Pearson's correlation of two columns' residuals, clipped at the quantiles {@value #CLIPPED} and
   * 1 − {@value #CLIPPED}; NaN where one never changes.
   */
  public double correlation(int a, int b) {
    return sample.clippedCorrelation(a, b);
  }

  /** The correlation of the ranks of two columns' residuals; NaN where one never changes. */
  public double rankCorrelation(int a, int b) {
    return sample.rankCorrelation(a, b);
  }

  /** Of how many rows the coefficients are. */
  public int rows() {
    return sample.rows();
  }
}
