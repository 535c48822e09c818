package org.jetfold.study.dimension;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Puts a variable on a scale of its own: the value with rank r of n becomes the (r − ½)/n quantile
 * of the normal distribution, equal values the quantile of their mean rank. Units, logarithms and
 * long tails make no difference then; a smooth function stays one, and the dimension the same.
 */
public final class NormalScores {
  private NormalScores() {}

  /** The scores of values, none of which is NaN. */
  public static double[] of(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    NormalDistribution normal = new NormalDistribution();
    double[] scores = new double[values.length];
    int from = 0;
    for (int i = 1; i <= order.length; i++) {
      if (i == order.length || values[order[i]] != values[order[from]]) {
        double score = normal.inverseCumulativeProbability((from + i) / (2.0 * order.length));
        for (int same : Arrays.copyOfRange(order, from, i)) {
          scores[same] = score;
        }
        from = i;
      }
    }
    return scores;
  }
}
