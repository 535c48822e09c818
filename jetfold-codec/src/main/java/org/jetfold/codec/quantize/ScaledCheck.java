package org.jetfold.codec.quantize;

import java.math.BigDecimal;
import org.jetfold.codec.table.ColumnValues;

/**
 * Checks values whose bound is a share of another column's, in exact arithmetic. Shares no code
 * with what rounds them. Immutable and safe to share.
 *
 * @param factor times which value of the other column
 */
public record ScaledCheck(double factor) {
  /** Products and differences of doubles are rounded by less than this share. */
  private static final double SLACK = 0x1p-50;

  /**
   * The first value that is not within its bound; −1 where there is none.
   *
   * @param from the first one looked at, {@code to} the one behind the last, in all four
   * @param bounds the other column's values, and {@code restoredBounds} what they come back as
   */
  public int firstViolation(
      ColumnValues originals,
      ColumnValues restored,
      ColumnValues bounds,
      ColumnValues restoredBounds,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      if (!allows(originals, restored, bounds, restoredBounds, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a value is within its bound. */
  public boolean allows(
      ColumnValues originals,
      ColumnValues restored,
      ColumnValues bounds,
      ColumnValues restoredBounds,
      int index) {
    double before = number(originals, index);
    double after = number(restored, index);
    return bits(originals, index) == bits(restored, index)
        || (within(before, after, number(bounds, index))
            && within(before, after, number(restoredBounds, index)));
  }

  private boolean within(double before, double after, double bound) {
    boolean finite = Double.isFinite(before) && Double.isFinite(after) && Double.isFinite(bound);
    if (!finite || bound <= 0 || before == 0) {
      return false;
    }
    double error = Math.abs(after - before);
    double allowed = factor * bound;
    if (error < allowed * (1 - SLACK) && allowed > Double.MIN_NORMAL) {
      return true;
    }
    BigDecimal exact = new BigDecimal(after).subtract(new BigDecimal(before)).abs();
    return exact.compareTo(new BigDecimal(factor).multiply(new BigDecimal(bound))) <= 0;
  }

  private static double number(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[index];
      case ColumnValues.Doubles(double[] doubles) -> doubles[index];
      case ColumnValues.Integers unused -> throw new IllegalArgumentException("integers are exact");
    };
  }

  private static long bits(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[index]);
      case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[index]);
      case ColumnValues.Integers unused -> throw new IllegalArgumentException("integers are exact");
    };
  }
}
