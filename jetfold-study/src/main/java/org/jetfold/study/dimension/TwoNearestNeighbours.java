package org.jetfold.study.dimension;

import java.util.Arrays;
import org.jetfold.codec.pipeline.Workers;

/**
 * TwoNN (E. Facco, M. d'Errico, A. Rodriguez, A. Laio, Scientific Reports 7, 12140, 2017): where
 * the density hardly changes between a point and its second neighbour, the ratio μ = r₂/r₁ of the
 * distances to its two nearest neighbours has the distribution F(μ) = 1 − μ^−d, whatever the
 * density. The dimension d is the slope of −ln(1 − F) against ln μ, through zero, without the tenth
 * of the points with the largest ratios, as the authors do.
 *
 * <p>The error is that of a jackknife over twenty parts of the ratios.
 */
final class TwoNearestNeighbours {
  private static final double KEPT = 0.9;
  private static final int PARTS = 20;

  private TwoNearestNeighbours() {}

  static Estimate of(NeighbourTree tree, int points, Workers workers) {
    double[] logs = new double[points];
    workers.forEach(
        points,
        () -> new double[2],
        (nearest, point) -> {
          tree.nearest(point, nearest, new int[nearest.length]);
          logs[point] = Math.log(nearest[1] / nearest[0]);
        });
    double all = slope(logs);
    double[] without = new double[PARTS];
    for (int part = 0; part < PARTS; part++) {
      int number = part;
      int[] at = {0};
      double[] rest = Arrays.stream(logs).filter(log -> at[0]++ % PARTS != number).toArray();
      without[part] = slope(rest);
    }
    return Estimate.ofJackknife(all, without);
  }

  private static double slope(double[] logs) {
    double[] sorted = Arrays.stream(logs).filter(Double::isFinite).sorted().toArray();
    double products = 0;
    double squares = 0;
    for (int i = 0; i < (int) (KEPT * sorted.length); i++) {
      double f = (i + 1.0) / sorted.length;
      products -= sorted[i] * Math.log1p(-f);
      squares += sorted[i] * sorted[i];
    }
    return products / squares;
  }
}
