package org.jetfold.study.dimension;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.codec.pipeline.Workers;

/**
 * The entropic graph of J. Costa and A. Hero (Geodesic entropic graphs for dimension and entropy
 * estimation in manifold learning, IEEE Transactions on Signal Processing 52, 2210, 2004). The
 * length L of the geodesic minimal spanning tree of p of the points grows as
 *
 * <pre>ln L = (d−1)/d · ln p + const,</pre>
 *
 * for edges that count with their lengths (γ = 1); the constant tells the points' Rényi entropy. As
 * in the paper, geodesics are found once, on all points, then trees of random subsets of several
 * sizes p; of the mean lengths at each size a least-squares line has the slope a, and d = 1/(1 −
 * a).
 *
 * <p>The paper repeats that with other subsets of the same points, which tells the error of drawing
 * subsets, not of the points themselves. Here the error is a jackknife's: all is done again without
 * one tenth of the points, with the same order of drawing.
 */
final class SpanningTreeGrowth {
  /** Sizes of the subsets, as parts of all points. */
  private static final double[] SIZES = {0.25, 0.37, 0.55, 0.82};

  /** How many orders of drawing the lengths are averaged over. */
  private static final int ORDERS = 2;

  private static final int PARTS = 10;

  private SpanningTreeGrowth() {}

  static Estimate of(NeighbourGraph graph, long seed, Workers workers) {
    int points = graph.points();
    SplittableRandom random = new SplittableRandom(seed);
    double[][] places = new double[ORDERS][points];
    for (double[] order : places) {
      Arrays.setAll(order, i -> random.nextDouble());
    }
    int[] parts = random.ints(points, 0, PARTS).toArray();
    // One tree each: without no part, then without each of them.
    double[] lengths = new double[(PARTS + 1) * SIZES.length * ORDERS];
    int[] spanned = new int[lengths.length];
    workers.forEach(
        lengths.length,
        () -> new GeodesicTree(graph),
        (tree, number) -> {
          int without = number / (SIZES.length * ORDERS) - 1;
          double size = SIZES[number / ORDERS % SIZES.length];
          double[] order = places[number % ORDERS];
          lengths[number] =
              tree.length(
                  point -> parts[point] != without,
                  point -> parts[point] != without && order[point] < size);
          for (int point = 0; point < points; point++) {
            spanned[number] += parts[point] != without && order[point] < size ? 1 : 0;
          }
        });
    double[] dimensions = new double[PARTS + 1];
    for (int without = 0; without <= PARTS; without++) {
      double[] logSizes = new double[SIZES.length];
      double[] logLengths = new double[SIZES.length];
      for (int i = 0; i < SIZES.length * ORDERS; i++) {
        int number = without * SIZES.length * ORDERS + i;
        logSizes[i / ORDERS] += Math.log(spanned[number]) / ORDERS;
        logLengths[i / ORDERS] += Math.log(lengths[number]) / ORDERS;
      }
      dimensions[without] = 1 / (1 - slope(logSizes, logLengths));
    }
    return Estimate.ofJackknife(dimensions[0], Arrays.copyOfRange(dimensions, 1, PARTS + 1));
  }

  private static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return products / squares;
  }
}
