package org.jetfold.study.quantization;

import java.util.Arrays;

/** Sums of weights between any two of some boundaries. */
final class Sums {
  private final double[] boundaries;
  private final double[] below;

  /**
   * From the sums between neighbours.
   *
   * @param boundaries rising
   * @param parts one less than there are boundaries
   */
  Sums(double[] boundaries, double[] parts) {
    this.boundaries = boundaries;
    below = new double[boundaries.length];
    System.arraycopy(parts, 0, below, 1, parts.length);
    Arrays.parallelPrefix(below, Double::sum);
  }

  /** The sum between two of the boundaries. */
  double between(double from, double to) {
    return below[index(to)] - below[index(from)];
  }

  private int index(double boundary) {
    return Arrays.binarySearch(boundaries, boundary);
  }
}
