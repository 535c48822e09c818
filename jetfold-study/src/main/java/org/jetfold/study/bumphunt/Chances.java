package org.jetfold.study.bumphunt;

import java.util.Arrays;

/** The test statistics of pseudo-experiments without signal. Immutable. */
public final class Chances {
  private final double[] sorted;

  private Chances(double[] sorted) {
    this.sorted = sorted;
  }

  /** Of pseudo-experiments in any order; at least one. */
  static Chances of(double... statistics) {
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    return new Chances(sorted);
  }

  /** The part of the pseudo-experiments that have an excess at least as significant. */
  public GlobalP globalP(Bump bump) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bump.statistic()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new GlobalP(sorted.length - low, sorted.length);
  }
}
