package org.jetfold.study.dimension;

/**
 * A number with its statistical error.
 *
 * @param value the number
 * @param error one standard deviation
 */
public record Estimate(double value, double error) {
  /**
   * A number with a jackknife's error.
   *
   * @param value found of all data
   * @param without found without one of as many equal parts of the data
   */
  static Estimate ofJackknife(double value, double[] without) {
    double mean = 0;
    for (double one : without) {
      mean += one / without.length;
    }
    double squares = 0;
    for (double one : without) {
      squares += (one - mean) * (one - mean);
    }
    return new Estimate(value, Math.sqrt(squares * (without.length - 1) / without.length));
  }
}
