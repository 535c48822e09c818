package org.jetfold.study.quantization;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Looks for a uniform grid, of any step, on which values lie as exactly as their floats can say.
 *
 * <p>The step is the greatest common divisor of the smallest distances, found by Euclid's algorithm
 * with the rounding of floats as tolerance, and made more exact along the values from the smallest
 * to the largest. It is believed where values that are anywhere would meet its levels by a chance
 * below 2^−30, the chances of having picked a step and an offset counted.
 */
final class GridSearch {
  private static final int DISTANCES = 64;
  private static final int SEARCH_COST = 64;

  /** Two roundings, of a value and of the one before. */
  private static final double TOLERANCE = 4;

  private GridSearch() {}

  /**
   * Searches.
   *
   * @param magnitudes different values above 0; they are sorted
   * @param mantissaBits of the floats that they were stored as
   */
  static Quantization of(double[] magnitudes, int mantissaBits) {
    if (magnitudes.length < 3) {
      return new Quantization.None();
    }
    Arrays.sort(magnitudes);
    double step = commonDivisor(magnitudes, mantissaBits);
    if (!(step > 0)) {
      return new Quantization.None();
    }
    double first = magnitudes[0];
    for (double value : magnitudes) {
      double k = Math.rint((value - first) / step);
      step = k == 0 ? step : (value - first) / k;
    }
    double offset = first - step * Math.floor(first / step);
    double ulp = ulp(magnitudes[magnitudes.length - 1], mantissaBits);
    if (Math.min(offset, step - offset) < TOLERANCE * ulp) {
      offset = 0;
    } else if (Math.abs(offset - step / 2) < TOLERANCE * ulp) {
      offset = step / 2;
    }
    double range = magnitudes[magnitudes.length - 1];
    double nice = rounded(step, ulp / (range / step));
    offset = offset == 0 ? 0 : offset == step / 2 ? nice / 2 : rounded(offset, ulp);
    double evidence = -SEARCH_COST;
    for (double value : magnitudes) {
      double near = TOLERANCE * ulp(value, mantissaBits);
      double k = Math.rint((value - offset) / nice);
      if (Math.abs(value - offset - k * nice) > near) {
        return new Quantization.None();
      }
      evidence += Math.max(0, Math.log(nice / (2 * near)) / Math.log(2));
    }
    return evidence < QuantizationDetector.EVIDENCE
        ? new Quantization.None()
        : new Quantization.Grid(nice, offset);
  }

  private static double commonDivisor(double[] sorted, int mantissaBits) {
    double[] distances = new double[sorted.length - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = sorted[i + 1] - sorted[i];
    }
    // A distance of two rounded values is as exact as the larger of them.
    double tolerance = TOLERANCE * ulp(sorted[sorted.length - 1], mantissaBits);
    double[] clear = Arrays.stream(distances).filter(d -> d > 4 * tolerance).sorted().toArray();
    if (clear.length == 0 || clear.length < distances.length) {
      return 0;
    }
    double divisor = clear[0];
    for (int i = 1; i < Math.min(clear.length, DISTANCES); i++) {
      double a = clear[i];
      double b = divisor;
      while (b > 2 * tolerance) {
        double rest = Math.abs(a - Math.rint(a / b) * b);
        a = b;
        b = rest;
      }
      divisor = a;
    }
    return divisor > 2 * tolerance ? divisor : 0;
  }

  private static double ulp(double value, int mantissaBits) {
    return Math.scalb(1.0, Math.getExponent(value) - mantissaBits);
  }

  /** The number with the fewest decimal digits that is as near as that. */
  private static double rounded(double value, double error) {
    for (int digits = 1; digits <= 17; digits++) {
      double shorter = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
      if (Math.abs(shorter - value) <= TOLERANCE * error) {
        return shorter;
      }
    }
    return value;
  }
}
