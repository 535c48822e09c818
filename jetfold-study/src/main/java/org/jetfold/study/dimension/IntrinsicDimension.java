package org.jetfold.study.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.study.StudyException;

/**
 * Estimates of a data set's intrinsic dimension, by samples of falling size: the more points, the
 * nearer the neighbours, and the finer the structure that is seen. A surface that has a thickness
 * is two-dimensional to few points and three-dimensional to many.
 */
public final class IntrinsicDimension {
  /** Smaller samples say little. */
  private static final int SMALLEST = 500;

  /** Distances, ratios of distances, the graph of neighbours, trees. */
  private static final int STAGES = 4;

  private IntrinsicDimension() {}

  /**
   * Estimates from a sample.
   *
   * @param points how many there are
   * @param distance the median distance of nearest neighbours, on the scale of the coordinates
   * @param nearest by the ratios of nearest neighbours' distances ({@code TwoNN})
   * @param spanningTree by the growth of geodesic minimal spanning trees (Costa and Hero)
   */
  public record AtScale(int points, double distance, Estimate nearest, Estimate spanningTree) {}

  /**
   * Estimates.
   *
   * @param points their coordinates, on scales that make distances meaningful
   * @param most points to take at most
   * @param seed which are taken
   * @param threads at least 1; the result does not depend on it
   * @param progress is told how many points were looked at, of {@link #work} in all
   * @return from the largest sample to the smallest, each a quarter of the one before
   * @throws StudyException where there are too few points
   */
  public static List<AtScale> of(
      double[][] points, int most, long seed, int threads, LongConsumer progress)
      throws StudyException {
    if (points.length < SMALLEST) {
      throw new StudyException(
          "%d points are too few: a dimension needs %d".formatted(points.length, SMALLEST));
    }
    List<AtScale> scales = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    double[][] sample =
        Samples.distinct(Samples.draw(points, Math.min(most, points.length), random));
    if (sample.length < SMALLEST) {
      throw new StudyException(
          "only %d of the points differ: a dimension needs %d".formatted(sample.length, SMALLEST));
    }
    try (Workers workers = new Workers(threads)) {
      long done = 0;
      while (sample.length >= SMALLEST) {
        long before = done;
        int size = sample.length;
        scales.add(
            atScale(
                sample, seed, workers, stage -> progress.accept(before + size * stage / STAGES)));
        done += size;
        sample = Samples.draw(sample, sample.length / 4, random);
      }
    }
    return scales;
  }

  /**
   * The number of points of all samples together, the measure of progress.
   *
   * @param points of the largest sample
   */
  public static long work(int points) {
    long work = 0;
    for (int size = points; size >= SMALLEST; size /= 4) {
      work += size;
    }
    return work;
  }

  private static AtScale atScale(
      double[][] sample, long seed, Workers workers, LongConsumer stages) {
    NeighbourTree tree = new NeighbourTree(sample);
    double[] distances = new double[sample.length];
    workers.forEach(
        sample.length,
        () -> new double[1],
        (nearest, point) -> {
          tree.nearest(point, nearest, new int[1]);
          distances[point] = nearest[0];
        });
    Arrays.sort(distances);
    stages.accept(1);
    Estimate ofNearest = TwoNearestNeighbours.of(tree, sample.length, workers);
    stages.accept(2);
    NeighbourGraph graph = NeighbourGraph.of(tree, sample.length, workers);
    stages.accept(3);
    Estimate ofTrees = SpanningTreeGrowth.of(graph, seed, workers);
    stages.accept(STAGES);
    return new AtScale(sample.length, distances[distances.length / 2], ofNearest, ofTrees);
  }
}
