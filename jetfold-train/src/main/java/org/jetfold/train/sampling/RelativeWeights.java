package org.jetfold.train.sampling;

import java.util.Arrays;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;

/** Weights of rows in units of their mean: equal weights are 1 each, and change nothing. */
public final class RelativeWeights {
  private RelativeWeights() {}

  /**
   * The weight of each entry of a group, which is that of its event.
   *
   * @param ofEvents one for each entry of the root
   */
  public static double[] ofEntries(Table piece, int group, double[] ofEvents) {
    if (group == 0) {
      return ofEvents;
    }
    double[] above = ofEntries(piece, piece.schema().parent(group), ofEvents);
    int[] offsets = piece.offsets(group);
    double[] weights = new double[piece.entries(group)];
    for (int i = 0; i < above.length; i++) {
      Arrays.fill(weights, offsets[i], offsets[i + 1], above[i]);
    }
    return weights;
  }

  /**
   * Weights with a mean of 1.
   *
   * @throws UntrainableTableException where one is negative, or none is above 0
   */
  public static double[] of(double[] given) {
    double sum = 0;
    for (double weight : given) {
      if (!(weight >= 0)) {
        throw new UntrainableTableException(
            "has the weight %s: a training takes weights from 0 on".formatted(weight));
      }
      sum += weight;
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new UntrainableTableException(
          "has weights that add up to %s: some must be above 0".formatted(sum));
    }
    double mean = sum / given.length;
    return Arrays.stream(given).map(weight -> weight / mean).toArray();
  }
}
