package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The residuals of several columns in the first rows of a table, and how they are correlated. Not
 * thread-safe.
 */
final class ResidualSample implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many rows tell a correlation to within 0.004. */
  static final int MAX_ROWS = 1 << 16;

  private final double[][] residuals;
  private double[] weights = new double[0];
  private transient double @Nullable [][] clipped;
  private transient double @Nullable [][] ranks;

  ResidualSample(int columns) {
    residuals = new double[columns][0];
  }

  /** Adds rows, as long as there is room. */
  void add(List<double[]> more, double[] moreWeights) {
    int count = Math.min(moreWeights.length, MAX_ROWS - weights.length);
    if (count <= 0) {
      return;
    }
    for (int column = 0; column < residuals.length; column++) {
      residuals[column] = joined(residuals[column], more.get(column), count);
    }
    weights = joined(weights, moreWeights, count);
    clipped = null;
    ranks = null;
  }

  /** Adds the rows of another, as long as there is room. */
  void merge(ResidualSample other) {
    add(List.of(other.residuals), other.weights);
  }

  private static double[] joined(double[] first, double[] second, int count) {
    double[] joined = Arrays.copyOf(first, first.length + count);
    System.arraycopy(second, 0, joined, first.length, count);
    return joined;
  }

  int rows() {
    return weights.length;
  }

  /** Pearson's correlation of clipped residuals; NaN where one never changes. */
  double clippedCorrelation(int a, int b) {
    double[][] known = clipped;
    if (known == null) {
      known = normalized(this::clippedResiduals);
      clipped = known;
    }
    return product(known[a], known[b]);
  }

  /** Spearman's correlation of ranks; NaN where one never changes. */
  double rankCorrelation(int a, int b) {
    double[][] known = ranks;
    if (known == null) {
      known = normalized(this::ranksOf);
      ranks = known;
    }
    return product(known[a], known[b]);
  }

  private interface Measure {
    double[] of(int column, Integer[] byValue);
  }

  private double[][] normalized(Measure measure) {
    return IntStream.range(0, residuals.length)
        .parallel()
        .mapToObj(column -> normalized(measure.of(column, byValue(column))))
        .toArray(double[][]::new);
  }

  private Integer[] byValue(int column) {
    Integer[] rows = new Integer[weights.length];
    Arrays.setAll(rows, row -> row);
    Arrays.sort(rows, Comparator.comparingDouble(row -> residuals[column][row]));
    return rows;
  }

  private double[] clippedResiduals(int column, Integer[] byValue) {
    double[] own = residuals[column].clone();
    if (own.length == 0) {
      return own;
    }
    double low = quantile(own, byValue, Correlations.CLIPPED);
    double high = quantile(own, byValue, 1 - Correlations.CLIPPED);
    Arrays.setAll(own, row -> Math.clamp(own[row], low, high));
    return own;
  }

  /** The smallest value with such a part of all weight up to it. */
  private double quantile(double[] values, Integer[] byValue, double part) {
    double wanted = part * Arrays.stream(weights).sum();
    double below = 0;
    for (int row : byValue) {
      below += weights[row];
      if (below >= wanted) {
        return values[row];
      }
    }
    return values[byValue[byValue.length - 1]];
  }

  /** The weight below each value and half of that at it: equal values have equal ranks. */
  private double[] ranksOf(int column, Integer[] byValue) {
    double[] own = residuals[column];
    double[] found = new double[own.length];
    double below = 0;
    int from = 0;
    while (from < byValue.length) {
      int to = from;
      double equal = 0;
      while (to < byValue.length && own[byValue[to]] == own[byValue[from]]) {
        equal += weights[byValue[to++]];
      }
      for (int at = from; at < to; at++) {
        found[byValue[at]] = below + equal / 2;
      }
      below += equal;
      from = to;
    }
    return found;
  }

  /** Values with mean 0 and variance 1, times √(w/Σw); NaN where they are all equal. */
  private double[] normalized(double[] values) {
    double total = 0;
    double sum = 0;
    for (int row = 0; row < values.length; row++) {
      total += weights[row];
      sum += weights[row] * values[row];
    }
    double mean = sum / total;
    double variance = 0;
    for (int row = 0; row < values.length; row++) {
      variance += weights[row] / total * (values[row] - mean) * (values[row] - mean);
    }
    boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
    double deviation = same ? Double.NaN : Math.sqrt(variance);
    double[] scaled = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      scaled[row] = (values[row] - mean) / deviation * Math.sqrt(weights[row] / total);
    }
    return scaled;
  }

  private static double product(double[] one, double[] other) {
    if (one.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int row = 0; row < one.length; row++) {
      sum += one[row] * other[row];
    }
    return Double.isNaN(sum) ? Double.NaN : Math.clamp(sum, -1, 1);
  }
}
