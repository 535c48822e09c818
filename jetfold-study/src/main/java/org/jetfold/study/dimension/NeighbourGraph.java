package org.jetfold.study.dimension;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.codec.pipeline.Workers;

/**
 * The entropic graph of J. Costa and A. Hero (IEEE Transactions on Signal Processing 52, 2210,
 * 2004; and, with nearest neighbours, Manifold Learning Using Euclidean k-Nearest Neighbor Graphs,
 * ICASSP 2004). The length L of the graph that joins each of n points with its k nearest neighbours
 * grows as
 *
 * <pre>ln L = (d−1)/d · ln n + const,</pre>
 *
 * the constant telling the points' entropy, for edges that count with their lengths. Of samples of
 * several sizes, drawn without putting back, the slope a gives d = 1/(1 − a). As with geodesic
 * minimal spanning trees, distances are those along the manifold, since those of near neighbours
 * are; trees would need all of them.
 *
 * <p>The error is the standard deviation of the results of several such series of samples.
 */
final class NeighbourGraph {
  /** How many nearest neighbours each point is joined with; the papers take 4 or 5. */
  private static final int NEIGHBOURS = 5;

  /**
   * Sizes of the samples, as parts of all: more would hardly differ, fewer see coarser structure.
   */
  private static final double LARGEST = 0.9;

  private static final double SMALLEST = 0.25;
  private static final int SIZES = 6;
  private static final int REPLICAS = 8;

  private NeighbourGraph() {}

  static Estimate of(double[][] points, long seed, Workers workers) {
    double[] dimensions = new double[REPLICAS];
    for (int replica = 0; replica < REPLICAS; replica++) {
      SplittableRandom random = new SplittableRandom(seed + replica);
      double[] logSizes = new double[SIZES];
      double[] logLengths = new double[SIZES];
      for (int i = 0; i < SIZES; i++) {
        int size =
            (int) (points.length * LARGEST * Math.pow(SMALLEST / LARGEST, i / (SIZES - 1.0)));
        double[][] sample = Samples.draw(points, size, random);
        logSizes[i] = Math.log(size);
        logLengths[i] = Math.log(length(sample, workers));
      }
      double slope = slope(logSizes, logLengths);
      dimensions[replica] = 1 / (1 - slope);
    }
    return Estimate.ofReplicas(dimensions);
  }

  private static double length(double[][] sample, Workers workers) {
    NeighbourTree tree = new NeighbourTree(sample);
    double[] lengths = new double[sample.length];
    workers.forEach(
        sample.length,
        () -> new double[NEIGHBOURS],
        (nearest, point) -> {
          tree.distances(point, nearest);
          lengths[point] = Arrays.stream(nearest).sum();
        });
    return Arrays.stream(lengths).filter(Double::isFinite).sum();
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
