package org.jetfold.study.residual;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the first values of two tables decide for all others.
 *
 * @param columns for each column that is in both tables whether its residuals are told relative
 * @param quantities the same of each computed quantity
 * @param correlated how far the axes of the correlations reach; null where no row was seen yet that
 *     could tell
 */
public record ResidualScales(
    boolean[] columns, boolean[] quantities, double @Nullable [] correlated)
    implements Serializable {
  private static final double ONE_SIGN = 0.99;

  /** Whether nothing is left to be decided. */
  public boolean isComplete() {
    return correlated != null;
  }

  ResidualScales with(double[] ranges) {
    return new ResidualScales(columns, quantities, ranges);
  }

  /** Whether hardly any value is 0 or of the other sign. */
  static boolean areOfOneSign(double[] values) {
    long positive = 0;
    long negative = 0;
    for (double value : values) {
      positive += value > 0 ? 1 : 0;
      negative += value < 0 ? 1 : 0;
    }
    return Math.max(positive, negative) >= ONE_SIGN * values.length;
  }
}
