package org.jetfold.codec.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Section 6.5, where e is at least 2^−11. */
final class DitheredCells extends Ranks {
  /** Sub-cells of a cell. */
  private static final int PARTS = 256;

  private static final long ONE = 1L << 62;

  private static final int FRACTION = 64;

  private static final BigInteger UNIT = BigInteger.ONE.shiftLeft(FRACTION);

  private final long smallestNormal;
  private final int binades;
  private final long period;

  /** e · 2^64. */
  private final BigInteger e;

  /** a_0 … a_n. */
  private long[] starts = {};

  /** point_0 … point_{n−1}. */
  private long[] points = {};

  private final long lastOffset;
  private final long lastCell;

  DitheredCells(boolean isFloat32, double bound) {
    super(isFloat32);
    smallestNormal = 1L << t;
    binades = Relative.binades(isFloat32, bound);
    period = binades * smallestNormal;
    e = new BigDecimal(bound).multiply(new BigDecimal(UNIT)).toBigIntegerExact();
    double square = bound * bound;
    double artanh = bound * (1 + square * (1.0 / 3 + square * (1.0 / 5 + square / 7)));
    int cells = Math.max(1, (int) (binades * 0.34657359027997264 / artanh));
    while (!suffices(cells)) {
      cells++;
    }
    lastOffset = infinity - 1 - smallestNormal;
    lastCell = (subCellOf(lastOffset) + PARTS - 1) / PARTS;
  }

  /** Sets starts and points for this number of cells, and says whether it is one to be taken. */
  private boolean suffices(int cells) {
    int n = PARTS * cells;
    long below = ONE;
    long ratio = Long.MAX_VALUE;
    // The smallest ratio that reaches the next period lies above the first and up to the second.
    while (ratio - below > 1) {
      long middle = below + (ratio - below) / 2;
      if (reachesPeriod(middle, n)) {
        ratio = middle;
      } else {
        below = middle;
      }
    }
    starts = starts(ratio, n);
    points = new long[n];
    for (int j = 0; j < n; j++) {
      if (starts[j] >= starts[j + 1]) {
        return false;
      }
      points[j] = largest(mantissa(starts[j]).multiply(UNIT.add(e)), starts[j] >> t);
    }
    for (int j = 0; j < n; j++) {
      long last = start(j + PARTS) - 1;
      long binade = starts[j] >> t;
      BigInteger lower = value(last, binade).multiply(UNIT.subtract(e));
      if (lower.compareTo(value(points[j], binade).multiply(UNIT)) > 0) {
        return false;
      }
    }
    return true;
  }

  /** ⌊y · ratio / 2^62⌋, which is below 2^64. */
  private static long product(long y, long ratio) {
    return Math.multiplyHigh(y, ratio) << 2 | (y * ratio) >>> 62;
  }

  /** Whether b_n ≥ P. */
  private boolean reachesPeriod(long ratio, int n) {
    long y = ONE;
    int binade = 0;
    for (int j = 0; j < n && binade < binades; j++) {
      long next = product(y, ratio);
      y = next < 0 ? next >>> 1 : next;
      binade += next < 0 ? 1 : 0;
    }
    return binade >= binades;
  }

  /** a_0 … a_n. */
  private long[] starts(long ratio, int n) {
    long[] found = new long[n + 1];
    long y = ONE;
    long binade = 0;
    for (int j = 0; j < n; j++) {
      found[j] = (binade << t) + (y >> (62 - t)) - smallestNormal;
      long next = product(y, ratio);
      y = next < 0 ? next >>> 1 : next;
      binade += next < 0 ? 1 : 0;
    }
    found[n] = period;
    return found;
  }

  private BigInteger mantissa(long offset) {
    return BigInteger.valueOf(smallestNormal + (offset & (smallestNormal - 1)));
  }

  /** V(offset) / 2^binade, for an offset in this binade or above it. */
  private BigInteger value(long offset, long binade) {
    return mantissa(offset).shiftLeft((int) ((offset >> t) - binade));
  }

  /** The largest offset whose value is at most {@code value} / 2^64 · 2^binade. */
  private long largest(BigInteger value, long binade) {
    BigInteger whole = value.shiftRight(FRACTION);
    boolean isInNextBinade = whole.bitLength() > t + 1;
    long mantissa = whole.shiftRight(isInNextBinade ? 1 : 0).longValueExact();
    return ((binade + (isInNextBinade ? 1 : 0)) << t) + mantissa - smallestNormal;
  }

  private long start(long j) {
    return Math.floorDiv(j, points.length) * period + starts[Math.floorMod(j, points.length)];
  }

  private long point(long j) {
    return Math.floorDiv(j, points.length) * period + points[Math.floorMod(j, points.length)];
  }

  private long subCellOf(long offset) {
    int found = Arrays.binarySearch(starts, offset % period);
    return offset / period * points.length + (found >= 0 ? found : -found - 2);
  }

  @Override
  long magnitude(long rank, int phase) {
    long cell = rank - smallestNormal;
    if (cell < 0) {
      return rank;
    }
    if (cell > lastCell) {
      return infinity + (cell - lastCell - 1);
    }
    long offset = point(PARTS * cell - phase);
    return smallestNormal + Math.min(Math.max(offset, 0), lastOffset);
  }

  @Override
  long rank(long magnitude, int phase) {
    long offset = magnitude - smallestNormal;
    return offset < 0 ? magnitude : smallestNormal + (subCellOf(offset) + phase) / PARTS;
  }

  @Override
  public long last() {
    return smallestNormal + lastCell + 1 + (largest - infinity);
  }
}
