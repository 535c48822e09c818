package org.jetfold.codec.detection;

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
    double error = step;
    for (double value : magnitudes) {
      double k = Math.rint((value - first) / step);
      if (TOLERANCE * ulp(value, mantissaBits) > step / 4) {
        break;
      }
      if (k > 0) {
        step = (value - first) / k;
        error = ulp(value, mantissaBits) / k;
      }
    }
    double nice = rounded(step, error);
    double ofOffset = ulp(first, mantissaBits) + error * (first / step + 1);
    double offset = first - nice * Math.floor(first / nice);
    if (Math.min(offset, nice - offset) < TOLERANCE * ofOffset) {
      offset = 0;
    } else if (Math.abs(offset - nice / 2) < TOLERANCE * ofOffset) {
      offset = nice / 2;
    } else {
      offset = rounded(offset, ofOffset);
    }
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
    double divisor = 0;
    int used = 0;
    for (int i = 1; i < sorted.length && used < DISTANCES; i++) {
      // A distance of two rounded values is as exact as the larger of them.
      double tolerance = TOLERANCE * ulp(sorted[i], mantissaBits);
      double a = sorted[i] - sorted[i - 1];
      if (a > 4 * tolerance) {
        used++;
        double b = divisor;
        while (b > 2 * tolerance) {
          double rest = Math.abs(a - Math.rint(a / b) * b);
          a = b;
          b = rest;
        }
        divisor = a;
      }
    }
    return divisor;
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
