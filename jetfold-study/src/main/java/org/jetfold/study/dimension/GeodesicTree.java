package org.jetfold.study.dimension;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * The length of the geodesic minimal spanning tree of some of a graph's points: of the complete
 * graph between them whose edges are the lengths of shortest ways through all points.
 *
 * <p>The complete graph need not be made. Each point belongs to the nearest of the chosen ones; an
 * edge between u and v that belong to s and t stands for the way s … u v … t, and among these ways
 * are all that a minimal tree needs (K. Mehlhorn, Information Processing Letters 27, 125, 1988). So
 * a tree takes one search (Dijkstra) and one sort (Kruskal). Where the graph is in parts, it is a
 * forest.
 *
 * <p>Not thread-safe: keeps its memory from tree to tree.
 */
final class GeodesicTree {
  private final NeighbourGraph graph;
  private final double[] distance;
  private final int[] owner;
  private final int[] parent;
  private final long[] ways;

  /** Trees of points of a graph. */
  GeodesicTree(NeighbourGraph graph) {
    this.graph = graph;
    distance = new double[graph.points()];
    owner = new int[graph.points()];
    parent = new int[graph.points()];
    ways = new long[graph.edges()];
  }

  /** A point with the length of a way to it. */
  private record Reached(int point, double distance) implements Comparable<Reached> {
    @Override
    public int compareTo(Reached other) {
      return Double.compare(distance, other.distance);
    }
  }

  /**
   * The length of a tree.
   *
   * @param exists the points through which ways may lead
   * @param chosen the points that the tree spans, all of which exist
   */
  double length(IntPredicate exists, IntPredicate chosen) {
    findOwners(exists, chosen);
    int count = 0;
    for (int point = 0; point < distance.length; point++) {
      for (int edge = graph.firstEdge(point); edge < graph.firstEdge(point + 1); edge++) {
        int other = graph.end(edge);
        // Every edge stands in both directions: one is enough.
        if (point < other
            && owner[point] >= 0
            && owner[other] >= 0
            && owner[point] != owner[other]) {
          float way = (float) (distance[point] + graph.length(edge) + distance[other]);
          // Lengths are positive, so that their bits are ordered as they are.
          ways[count++] = (long) Float.floatToRawIntBits(way) << Integer.SIZE | edge;
        }
      }
    }
    Arrays.sort(ways, 0, count);
    Arrays.setAll(parent, i -> i);
    double length = 0;
    for (int i = 0; i < count; i++) {
      int edge = (int) ways[i];
      int from = root(owner[graph.end(edge)]);
      int to = root(owner[start(edge)]);
      if (from != to) {
        parent[from] = to;
        length += Float.intBitsToFloat((int) (ways[i] >>> Integer.SIZE));
      }
    }
    return length;
  }

  private void findOwners(IntPredicate exists, IntPredicate chosen) {
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(owner, -1);
    PriorityQueue<Reached> open = new PriorityQueue<>();
    for (int point = 0; point < distance.length; point++) {
      if (chosen.test(point)) {
        distance[point] = 0;
        owner[point] = point;
        open.add(new Reached(point, 0));
      }
    }
    for (Reached reached = open.poll(); reached != null; reached = open.poll()) {
      int point = reached.point;
      if (reached.distance > distance[point]) {
        continue;
      }
      for (int edge = graph.firstEdge(point); edge < graph.firstEdge(point + 1); edge++) {
        int other = graph.end(edge);
        double way = distance[point] + graph.length(edge);
        if (way < distance[other] && exists.test(other)) {
          distance[other] = way;
          owner[other] = owner[point];
          open.add(new Reached(other, way));
        }
      }
    }
  }

  /** The point from which an edge leads. */
  private int start(int edge) {
    int low = 0;
    int high = graph.points();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (graph.firstEdge(middle) <= edge) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int root(int point) {
    int root = point;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
