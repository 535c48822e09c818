package org.jetfold.codec.quantize;

import java.util.Arrays;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Rounds values to multiples of powers of two that follow from another column's (docs/format.md
 * section 6.10).
 */
public final class ScaledRounding {
  /** Shares outside these are not rounded to, so that nothing here underflows or overflows. */
  private static final double SMALLEST_SHARE = 0x1p-900;

  private static final double LARGEST_SHARE = 0x1p1000;

  /** A bound that would change all values that are likely to repeat. */
  private static final Precision COARSE = new Precision.Absolute(0x1p100);

  private ScaledRounding() {}

  /**
   * Values within a share of another column's.
   *
   * @param bounds the other column's values, in the same rows
   * @param restored what they come back as
   * @return new values; those that repeat often stay
   */
  public static ColumnValues rounded(
      ColumnValues values, double factor, ColumnValues bounds, ColumnValues restored) {
    long[] spikes = spikes(values);
    long[] ordinal = new long[1];
    ColumnValues rounded = values.slice(0, values.size());
    for (int i = 0; i < values.size(); i++) {
      Ordinals.copy(values, i, 1, ordinal);
      if (Arrays.binarySearch(spikes, ordinal[0]) < 0) {
        double bound = Math.min(at(bounds, i), at(restored, i));
        set(rounded, i, rounded(at(values, i), step(factor, bound)));
      }
    }
    return rounded;
  }

  private static long[] spikes(ColumnValues values) {
    ValueType type = values instanceof ColumnValues.Floats ? ValueType.FLOAT32 : ValueType.FLOAT64;
    Quantizer quantizer = Quantizer.of(COARSE, type);
    return new SpikeFinder(COARSE, quantizer)
        .look(values).spikes().stream().mapToLong(Long::longValue).toArray();
  }

  /** Twice the largest power of two that is not above factor · bound; 0 where values are exact. */
  private static double step(double factor, double bound) {
    double share = Math.min(factor * bound, LARGEST_SHARE);
    if (!Double.isFinite(bound) || !(share >= SMALLEST_SHARE)) {
      return 0;
    }
    double power = Math.scalb(1.0, Math.getExponent(share));
    // The product may have been rounded up to a power of two.
    return Math.fma(factor, bound, -power) < 0 ? power : 2 * power;
  }

  /** The multiple of a power of two that is nearest to a value. */
  private static double rounded(double value, double step) {
    if (step == 0 || value == 0 || !Double.isFinite(value) || Math.ulp(value) >= step) {
      return value;
    }
    // A value that becomes zero becomes +0.
    return Math.rint(value / step) * step + 0.0;
  }

  private static double at(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[index];
      case ColumnValues.Doubles(double[] doubles) -> doubles[index];
      case ColumnValues.Integers unused -> throw new IllegalArgumentException("integers are exact");
    };
  }

  /** Sets a value unless it is what it was, whose bits stay, or is beyond all floats. */
  private static void set(ColumnValues values, int index, double value) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        if (value != floats[index] && Float.isFinite((float) value)) {
          floats[index] = (float) value;
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        if (value != doubles[index] && Double.isFinite(value)) {
          doubles[index] = value;
        }
      }
      case ColumnValues.Integers unused -> throw new IllegalArgumentException("integers are exact");
    }
  }
}
