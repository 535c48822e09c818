package org.jetfold.train.autoencoder;

import java.util.Arrays;
import org.jetfold.codec.autoencoder.Normalization;

/** Normalizations that are fitted to the values of a variable. */
final class FittedNormalization {
  private static final int KNOTS = 257;

  private FittedNormalization() {}

  /** (x − mean) / standard deviation; for a constant, x − mean. */
  static Normalization.Formula standard(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(finite).average().orElse(0);
    double variance = Arrays.stream(finite).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    double deviation = Math.sqrt(variance);
    return new Normalization.Formula(false, 1, 0, mean, deviation > 0 ? deviation : 1);
  }

  /**
   * The variable's own distribution F becomes a logistic one with unit variance: y =
   * logit(F(x))·√3/π at quantiles, and straight lines between them. A frequent value is one knot,
   * in the middle of its share.
   */
  static Normalization knots(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    double[] x = new double[KNOTS];
    double[] y = new double[KNOTS];
    int count = 0;
    int last = sorted.length - 1;
    for (int k = 0; k < KNOTS && last > 0; k++) {
      double value = sorted[(int) Math.round((double) last * k / (KNOTS - 1))];
      if (count > 0 && !(value > x[count - 1])) {
        continue;
      }
      int below = lowerBound(sorted, value);
      int upTo = lowerBound(sorted, Math.nextUp(value));
      double share = (0.5 * (below + upTo) + 0.5) / (sorted.length + 1.0);
      x[count] = value;
      y[count] = Math.log(share / (1 - share)) * Math.sqrt(3) / Math.PI;
      count++;
    }
    return count < 2
        ? standard(values)
        : new Normalization.Knots(Arrays.copyOf(x, count), Arrays.copyOf(y, count));
  }

  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
