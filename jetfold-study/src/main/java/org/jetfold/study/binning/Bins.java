package org.jetfold.study.binning;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bins of one variable, one beside the other: a value x is in bin i where edge(i) ≤ x {@literal <}
 * edge(i+1). Immutable.
 */
public final class Bins {
  private final double[] edges;

  private Bins(double[] edges) {
    this.edges = edges;
  }

  /**
   * Bins between rising edges.
   *
   * @throws IllegalArgumentException where there are fewer than two edges, or one is not above the
   *     one before
   */
  public static Bins between(double... edges) {
    if (edges.length < 2) {
      throw new IllegalArgumentException("bins need two edges at least");
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i] > edges[i - 1]) || Double.isInfinite(edges[i] - edges[i - 1])) {
        throw new IllegalArgumentException(
            "edge %s does not follow %s".formatted(edges[i], edges[i - 1]));
      }
    }
    return new Bins(edges.clone());
  }

  /** Bins of equal width; edge i is low + i·(high − low)/count, as NumPy's linspace has it. */
  public static Bins uniform(double low, double high, int count) {
    double step = (high - low) / count;
    double[] edges = new double[count + 1];
    for (int i = 0; i < count; i++) {
      edges[i] = low + i * step;
    }
    edges[count] = high;
    return between(edges);
  }

  /** The edges, one more than there are bins. */
  public double[] edges() {
    return edges.clone();
  }

  /** The middle of each bin. */
  public double[] centers() {
    double[] centers = new double[count()];
    Arrays.setAll(centers, this::center);
    return centers;
  }

  /** The number of bins. */
  public int count() {
    return edges.length - 1;
  }

  /** The lower edge of bin {@code i}, or the upper one of the last bin. */
  public double edge(int i) {
    return edges[i];
  }

  /** The lower edge of the first bin. */
  public double low() {
    return edges[0];
  }

  /** The upper edge of the last bin. */
  public double high() {
    return edges[edges.length - 1];
  }

  /** The middle of a bin. */
  public double center(int bin) {
    return edges[bin] + width(bin) / 2;
  }

  /** The width of a bin. */
  public double width(int bin) {
    return edges[bin + 1] - edges[bin];
  }

  /** The bin that a value is in; −1 outside of all, and for NaN. */
  public int indexOf(double value) {
    if (!(value >= low() && value < high())) {
      return -1;
    }
    int found = Arrays.binarySearch(edges, value + 0.0);
    return found >= 0 ? found : -found - 2;
  }

  /** How many of the values are in each bin. */
  public double[] histogram(double[] values) {
    return histogram(values, null);
  }

  /**
   * The sum of the weights of the values in each bin.
   *
   * @param weights one for each value; null for 1 each
   */
  public double[] histogram(double[] values, double @Nullable [] weights) {
    double[] heights = new double[count()];
    for (int i = 0; i < values.length; i++) {
      int bin = indexOf(values[i]);
      if (bin >= 0) {
        heights[bin] += weights == null ? 1 : weights[i];
      }
    }
    return heights;
  }
}
