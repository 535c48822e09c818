package org.jetfold.study.dimension;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Rows that are kept with the chance |weight| / largest |weight|, so that those that are left are
 * distributed as all are with their weights; of more than there is room for, some at random. The
 * largest weight is only known at the end: where it grows, rows that would not have been kept with
 * it are dropped. Not thread-safe.
 */
final class WeightedRows {
  private final int most;
  private final SplittableRandom random;
  private final PriorityQueue<Kept> kept =
      new PriorityQueue<>(Comparator.comparingDouble(Kept::priority).reversed());
  private double largest;

  /** Rows of this priority and above are not kept: some were dropped for lack of room. */
  private double limit = 1;

  /**
   * A row.
   *
   * @param priority a random number; the smallest are kept
   * @param ceiling the largest weight may be below this
   */
  private record Kept(double priority, double ceiling, double[] row) {}

  WeightedRows(int most, SplittableRandom random) {
    this.most = most;
    this.random = random;
  }

  void add(double[] row, double weight) {
    double size = Math.abs(weight);
    double priority = random.nextDouble();
    double ceiling = size / random.nextDouble();
    if (size > largest) {
      largest = size;
      kept.removeIf(other -> other.ceiling <= largest);
    }
    if (ceiling > largest && priority < limit) {
      kept.add(new Kept(priority, ceiling, row));
    }
    if (kept.size() > most) {
      limit = kept.remove().priority();
    }
  }

  List<double[]> rows() {
    List<double[]> rows = new ArrayList<>();
    kept.forEach(one -> rows.add(one.row));
    return rows;
  }
}
