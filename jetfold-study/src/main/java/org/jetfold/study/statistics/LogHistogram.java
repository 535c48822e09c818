package org.jetfold.study.statistics;

import java.io.Serializable;

/**
 * A histogram of positive values whose bins widen with the value: 16 to each doubling, with edges
 * 2^e·(1 + j/16), which are exact. All such histograms have the same bins, for every float32 above
 * 2^-126; what is smaller, 0 included, is in the first bin. Not thread-safe.
 */
public final class LogHistogram implements Histogram, Serializable {
  private static final long serialVersionUID = 1L;

  /** Bins to each doubling of the value. */
  public static final int BINS_PER_DOUBLING = 16;

  private static final int MANTISSA_BITS = Double.PRECISION - 1;
  private static final int SHIFT = MANTISSA_BITS - Integer.numberOfTrailingZeros(BINS_PER_DOUBLING);
  private static final double SMALLEST = Float.MIN_NORMAL;
  private static final long FIRST = Double.doubleToRawLongBits(SMALLEST) >> SHIFT;
  private static final int BINS =
      1 + (int) ((Double.doubleToRawLongBits(0x1p128) >> SHIFT) - FIRST);

  private final double[] weights = new double[BINS];
  private final double[] squares = new double[BINS];

  /** Adds a value; negative ones count as 0, those beyond float32 as its largest. */
  public void add(double value, double weight) {
    int bin =
        value < SMALLEST
            ? 0
            : (int) Math.min(BINS - 1L, 1 + (Double.doubleToRawLongBits(value) >> SHIFT) - FIRST);
    weights[bin] += weight;
    squares[bin] += weight * weight;
  }

  /** Adds what another histogram has seen. */
  public void merge(LogHistogram other) {
    for (int bin = 0; bin < BINS; bin++) {
      weights[bin] += other.weights[bin];
      squares[bin] += other.squares[bin];
    }
  }

  @Override
  public int bins() {
    return BINS;
  }

  @Override
  public double edge(int bin) {
    return bin == 0 ? 0 : Double.longBitsToDouble((FIRST + bin - 1) << SHIFT);
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
