package org.jetfold.study.dimension;

import java.util.Arrays;

/**
 * Finds nearest neighbours: a k-d tree, halved at the median of the widest coordinate. Immutable;
 * safe for use by many threads.
 */
final class NeighbourTree {
  private static final int LEAF = 12;

  private final double[][] points;

  /** Numbers of points; those of a subtree stand together, its median in the middle. */
  private final int[] order;

  /** The coordinate by which the subtree is divided whose middle is here. */
  private final int[] axes;

  /** A tree of points that have as many coordinates each. */
  NeighbourTree(double[][] points) {
    this.points = points;
    order = new int[points.length];
    axes = new int[points.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    divide(0, order.length);
  }

  private void divide(int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    int axis = widest(from, to);
    axes[middle] = axis;
    select(from, to - 1, middle, axis);
    divide(from, middle);
    divide(middle + 1, to);
  }

  private int widest(int from, int to) {
    int widest = 0;
    double most = -1;
    for (int axis = 0; axis < points[0].length; axis++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, points[order[i]][axis]);
        high = Math.max(high, points[order[i]][axis]);
      }
      if (high - low > most) {
        most = high - low;
        widest = axis;
      }
    }
    return widest;
  }

  /** Hoare's selection: puts the point there that would be there if all were sorted. */
  private void select(int first, int last, int wanted, int axis) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = points[order[(low + high) >>> 1]][axis];
      int i = low;
      int j = high;
      while (i <= j) {
        while (points[order[i]][axis] < pivot) {
          i++;
        }
        while (points[order[j]][axis] > pivot) {
          j--;
        }
        if (i <= j) {
          int swapped = order[i];
          order[i++] = order[j];
          order[j--] = swapped;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /**
   * The nearest others of a point, by rising distance; those at distance 0, which are the same
   * point again, are left out.
   *
   * @param point number of the point
   * @param nearest takes the distances in; infinite where there are too few others
   * @param numbers takes in which points they are, as many; −1 where there are too few
   */
  void nearest(int point, double[] nearest, int[] numbers) {
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    Arrays.fill(numbers, -1);
    search(points[point], 0, order.length, nearest, numbers);
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Math.sqrt(nearest[i]);
    }
  }

  private void search(double[] center, int from, int to, double[] nearest, int[] numbers) {
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        consider(center, order[i], nearest, numbers);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    double side = center[axes[middle]] - points[order[middle]][axes[middle]];
    consider(center, order[middle], nearest, numbers);
    if (side < 0) {
      search(center, from, middle, nearest, numbers);
    } else {
      search(center, middle + 1, to, nearest, numbers);
    }
    if (side * side < nearest[nearest.length - 1]) {
      if (side < 0) {
        search(center, middle + 1, to, nearest, numbers);
      } else {
        search(center, from, middle, nearest, numbers);
      }
    }
  }

  private void consider(double[] center, int number, double[] nearest, int[] numbers) {
    double[] other = points[number];
    double worst = nearest[nearest.length - 1];
    double square = 0;
    for (int axis = 0; axis < center.length && square < worst; axis++) {
      double difference = center[axis] - other[axis];
      square += difference * difference;
    }
    if (square < worst && square > 0) {
      int i = nearest.length - 1;
      while (i > 0 && nearest[i - 1] > square) {
        nearest[i] = nearest[i - 1];
        numbers[i] = numbers[i - 1];
        i--;
      }
      nearest[i] = square;
      numbers[i] = number;
    }
  }
}
