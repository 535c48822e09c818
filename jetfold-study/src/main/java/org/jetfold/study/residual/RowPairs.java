package org.jetfold.study.residual;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a group of the restored table belong to which of the original.
 *
 * @param count how many pairs there are
 * @param original for each pair the row of the original; null where pair i is row i
 * @param restored for each pair the row of the restored table; null where pair i is row i
 * @param firstPair for each entry of the event (the root), its first pair, and behind the last the
 *     number of pairs
 * @param weights for each pair the weight of its event
 */
record RowPairs(
    int count,
    int @Nullable [] original,
    int @Nullable [] restored,
    int[] firstPair,
    double[] weights) {

  static RowPairs inOrder(int count, int[] firstPair, double[] eventWeights) {
    return new RowPairs(count, null, null, firstPair, spread(count, firstPair, eventWeights));
  }

  static RowPairs matched(int[] original, int[] restored, int[] firstPair, double[] eventWeights) {
    return new RowPairs(
        original.length,
        original,
        restored,
        firstPair,
        spread(original.length, firstPair, eventWeights));
  }

  private static double[] spread(int count, int[] firstPair, double[] eventWeights) {
    double[] weights = new double[count];
    for (int event = 0; event < eventWeights.length; event++) {
      Arrays.fill(weights, firstPair[event], firstPair[event + 1], eventWeights[event]);
    }
    return weights;
  }

  /** Whether pair i is row i of both tables. */
  boolean isInOrder() {
    return original == null && restored == null;
  }

  /** The original's values of all pairs. */
  double[] originals(double[] values) {
    return gathered(values, original);
  }

  /** The restored values of all pairs. */
  double[] restoreds(double[] values) {
    return gathered(values, restored);
  }

  private static double[] gathered(double[] values, int @Nullable [] rows) {
    if (rows == null) {
      return values;
    }
    double[] gathered = new double[rows.length];
    Arrays.setAll(gathered, i -> values[rows[i]]);
    return gathered;
  }
}
