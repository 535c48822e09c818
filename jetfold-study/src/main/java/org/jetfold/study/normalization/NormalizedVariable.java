package org.jetfold.study.normalization;

import java.util.Arrays;

/**
 * A variable as a network sees it.
 *
 * @param name of the variable
 * @param formula of its normalization, for people
 * @param sorted its normalized values, rising; those that cannot be normalized are left out
 * @param exceptions how many were left out
 */
public record NormalizedVariable(String name, String formula, double[] sorted, int exceptions) {
  /**
   * A variable with some values.
   *
   * @param values normalized, in any order; not finite where a value cannot be normalized
   */
  public static NormalizedVariable of(String name, String formula, double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return new NormalizedVariable(name, formula, sorted, values.length - sorted.length);
  }

  /** The mean; NaN where there are no values. */
  public double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }

  /** The standard deviation, as of all there is; NaN where there are no values. */
  public double deviation() {
    double mean = mean();
    return Math.sqrt(
        Arrays.stream(sorted).map(y -> (y - mean) * (y - mean)).average().orElse(Double.NaN));
  }

  /**
   * The smallest value that at least a part of the values do not exceed; NaN where there are none.
   *
   * @param part from 0 to 1
   */
  public double quantile(double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(part * sorted.length) - 1;
    return sorted[Math.clamp(rank, 0, sorted.length - 1)];
  }
}
