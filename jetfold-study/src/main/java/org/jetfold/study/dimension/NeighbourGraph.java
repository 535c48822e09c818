package org.jetfold.study.dimension;

import org.jetfold.codec.pipeline.Workers;

/**
 * The graph that joins each point with its nearest neighbours, in both directions, by edges as long
 * as their distances. Shortest ways along it stand for geodesics of the surface on which the points
 * lie (J. Tenenbaum, V. de Silva, J. Langford, Science 290, 2319, 2000). Immutable.
 */
final class NeighbourGraph {
  /** How many nearest neighbours each point is joined with; the papers take 5 to 10. */
  private static final int NEIGHBOURS = 10;

  /** The edges of point i stand from {@code first[i]} to before {@code first[i + 1]}. */
  private final int[] first;

  private final int[] ends;
  private final double[] lengths;

  private NeighbourGraph(int[] first, int[] ends, double[] lengths) {
    this.first = first;
    this.ends = ends;
    this.lengths = lengths;
  }

  static NeighbourGraph of(NeighbourTree tree, int points, Workers workers) {
    int[][] neighbours = new int[points][NEIGHBOURS];
    double[][] distances = new double[points][NEIGHBOURS];
    workers.forEach(points, point -> tree.nearest(point, distances[point], neighbours[point]));
    // An edge stands twice in the list where each is the other's neighbour, which harms nothing.
    int[] first = new int[points + 1];
    for (int point = 0; point < points; point++) {
      for (int i = 0; i < NEIGHBOURS && neighbours[point][i] >= 0; i++) {
        first[point + 1]++;
        first[neighbours[point][i] + 1]++;
      }
    }
    for (int point = 0; point < points; point++) {
      first[point + 1] += first[point];
    }
    int[] next = first.clone();
    int[] ends = new int[first[points]];
    double[] lengths = new double[first[points]];
    for (int point = 0; point < points; point++) {
      for (int i = 0; i < NEIGHBOURS && neighbours[point][i] >= 0; i++) {
        int other = neighbours[point][i];
        ends[next[point]] = other;
        lengths[next[point]++] = distances[point][i];
        ends[next[other]] = point;
        lengths[next[other]++] = distances[point][i];
      }
    }
    return new NeighbourGraph(first, ends, lengths);
  }

  /** The number of points. */
  int points() {
    return first.length - 1;
  }

  /** The number of directed edges. */
  int edges() {
    return ends.length;
  }

  /** Where the edges of a point start; those of the next point follow. */
  int firstEdge(int point) {
    return first[point];
  }

  /** Where an edge leads. */
  int end(int edge) {
    return ends[edge];
  }

  /** How long an edge is. */
  double length(int edge) {
    return lengths[edge];
  }
}
