package org.jetfold.study.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A histogram with equal bins that needs no range: bins are whole multiples of a power of two, and
 * where a value falls outside, neighbours are joined until it fits. What comes out depends on the
 * values alone, not on their order or on how partial histograms were merged. Not thread-safe.
 */
public final class LinearHistogram implements Histogram, Serializable {
  private static final long serialVersionUID = 1L;

  private static final int HALF = 1 << 12;
  private static final int SMALLEST = -1040;

  /** The binary exponent of the bins' width; bin b covers b·2^exponent to (b+1)·2^exponent. */
  private int exponent = SMALLEST;

  private final double[] weights = new double[2 * HALF];
  private final double[] squares = new double[2 * HALF];

  /** Adds a finite value. */
  public void add(double value, double weight) {
    widen(value);
    int bin = bin(value);
    weights[bin] += weight;
    squares[bin] += weight * weight;
  }

  /** Makes bins so wide that a value has one. */
  private void widen(double value) {
    if (value == 0) {
      return;
    }
    // |value| < 2^(e+1) must be below HALF·2^exponent.
    int needed = Math.getExponent(value) + 1 - Integer.numberOfTrailingZeros(HALF);
    if (needed > exponent) {
      coarsen(Math.max(needed, SMALLEST) - exponent);
    }
  }

  private int bin(double value) {
    double scaled = Math.scalb(value, -exponent);
    // A negative value far smaller than a bin becomes 0 there, and belongs below 0 all the same.
    return (int) Math.floor(scaled == 0 && value < 0 ? -1 : scaled) + HALF;
  }

  private void coarsen(int doublings) {
    if (doublings <= 0) {
      return;
    }
    double[] oldWeights = weights.clone();
    double[] oldSquares = squares.clone();
    Arrays.fill(weights, 0);
    Arrays.fill(squares, 0);
    int shift = Math.min(doublings, Integer.SIZE - 1);
    for (int bin = 0; bin < oldWeights.length; bin++) {
      int to = ((bin - HALF) >> shift) + HALF;
      weights[to] += oldWeights[bin];
      squares[to] += oldSquares[bin];
    }
    exponent += doublings;
  }

  /** Adds what another histogram has seen; where its bins are finer, it gets coarser. */
  public void merge(LinearHistogram other) {
    coarsen(other.exponent - exponent);
    other.coarsen(exponent - other.exponent);
    for (int bin = 0; bin < weights.length; bin++) {
      weights[bin] += other.weights[bin];
      squares[bin] += other.squares[bin];
    }
  }

  /** Gives two histograms the same bins, those of the coarser. */
  public void align(LinearHistogram other) {
    coarsen(other.exponent - exponent);
    other.coarsen(exponent - other.exponent);
  }

  @Override
  public int bins() {
    return weights.length;
  }

  @Override
  public double edge(int bin) {
    return Math.scalb((double) (bin - HALF), exponent);
  }

  @Override
  public double weight(int bin) {
    return weights[bin];
  }

  @Override
  public double squaredWeight(int bin) {
    return squares[bin];
  }
}
