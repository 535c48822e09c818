package org.jetfold.codec.quantize;

import java.math.BigDecimal;
import java.util.Objects;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Verifies restored values against their originals and a precision setting, in exact arithmetic.
 * Shares no code with the quantizers.
 *
 * <p>A value that is bit for bit its original keeps every bound. Any other must come from a finite
 * original other than zero and
 *
 * <ul>
 *   <li>under {@code rel:e}, satisfy |restored − original| ≤ e·|original|;
 *   <li>under {@code abs:d}, satisfy |restored − original| ≤ d;
 *   <li>under {@code step:s}, satisfy |restored − original| ≤ s/2 + ulp(restored)/2;
 *   <li>under {@code measured}, be finite (here zero may change, too);
 *   <li>under {@code exact}, or as an integer, not exist.
 * </ul>
 *
 * <p>Under {@code bits:m} a value must be bit for bit its original, or what the formula of float
 * truncation makes of it. Dither changes no bound.
 *
 * <p>A block is first checked by its largest errors alone: rounding is monotone, so where these are
 * below the bound, all values keep it. Only where this does not decide, the block is checked value
 * by value, exactly.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class BoundCheck {
  /**
   * Covers the rounding of a difference, of its quotient by the original, and of the bound less
   * this: four times 2^−53. A difference of floats does not underflow. The quotient of one that is
   * not zero is at least 2^−54, so what a bound near the smallest doubles loses by rounding does
   * not matter.
   */
  private static final double SLACK = 0x1p-50;

  private static final int FLOAT32_EXPONENT = 0x7F80_0000;
  private static final long FLOAT64_EXPONENT = 0x7FF0_0000_0000_0000L;

  private final Precision precision;
  private final ValueType type;

  /** Mantissa bits that truncation clears, or −1 where the setting is a bound. */
  private final int cleared;

  /** The relative bound; 0 where the precision is another. */
  private final double relative;

  /** The absolute bound, under a step half of it; 0 where the precision is another. */
  private final double absolute;

  /** The step of a decimal grid; null where the precision is another. */
  private final @Nullable BigDecimal step;

  /** Whether the only promise is that finite values stay finite. */
  private final boolean measured;

  /**
   * What values have lost in all, where they were restored from another file before; else null. It
   * takes the place of the precision.
   */
  private final @Nullable Loss loss;

  private BoundCheck(Precision setting, Loss earlier, ValueType type) {
    setting.requireFits(type);
    this.precision = setting.promise();
    this.type = type;
    loss = earlier.isNone() ? null : earlier.then(Loss.of(setting, type));
    relative = precision instanceof Precision.Relative(double bound) ? bound : 0;
    // What a bound from another column allows is for ScaledCheck, which knows that column.
    measured =
        precision instanceof Precision.Measured
            || precision instanceof Precision.Scaled
            || (loss != null && loss.isUnknown());
    step = precision instanceof Precision.Step(BigDecimal wide) ? wide : null;
    absolute =
        precision instanceof Precision.Absolute(double bound)
            ? bound
            : measured ? Double.MAX_VALUE : step != null ? step.doubleValue() / 2 : 0;
    cleared =
        loss == null && precision instanceof Precision.Bits(int bits)
            ? (type == ValueType.FLOAT32 ? 23 : 52) - bits
            : -1;
  }

  /**
   * The check of a setting for columns of a type.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where the precision does not suit the
   *     type
   */
  public static BoundCheck of(Precision precision, ValueType type) {
    return of(precision, Loss.NONE, type);
  }

  /**
   * The check of a setting for values that had lost something before, against what they once were.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where the precision does not suit the
   *     type
   */
  public static BoundCheck of(Precision precision, Loss earlier, ValueType type) {
    return new BoundCheck(precision, earlier, type);
  }

  /**
   * Checks {@code count} values: the originals from index {@code from} on, restored to index {@code
   * at} and on.
   *
   * @param extremes receives the errors of all {@code count} values, violations included
   * @return the first violation, counted from 0, or −1 where there is none
   * @throws IllegalArgumentException where the values are not of this check's type
   */
  public int firstViolation(
      ColumnValues originals,
      int from,
      ColumnValues restored,
      int at,
      int count,
      ErrorExtremes extremes) {
    return switch (originals) {
      case ColumnValues.Floats(float[] before)
          when restored instanceof ColumnValues.Floats(float[] after) ->
          firstViolation(before, from, after, at, count, extremes);
      case ColumnValues.Doubles(double[] before)
          when restored instanceof ColumnValues.Doubles(double[] after) ->
          firstViolation(before, from, after, at, count, extremes);
      case ColumnValues.Integers(long[] before)
          when restored instanceof ColumnValues.Integers(long[] after) ->
          firstChanged(before, from, after, at, count, extremes);
      default -> throw wrongType();
    };
  }

  /**
   * Checks FLOAT32 values, as {@link #firstViolation(ColumnValues, int, ColumnValues, int, int,
   * ErrorExtremes)} does.
   */
  public int firstViolation(
      float[] originals, int from, float[] restored, int at, int count, ErrorExtremes extremes) {
    if (type != ValueType.FLOAT32) {
      throw wrongType();
    }
    Objects.checkFromIndexSize(from, count, originals.length);
    Objects.checkFromIndexSize(at, count, restored.length);
    Float32Comparison comparison = new Float32Comparison();
    int first = -1;
    int violations = 0;
    for (int start = 0; start < count; start += Float32Comparison.CHUNK) {
      int length = Math.min(Float32Comparison.CHUNK, count - start);
      boolean changed = comparison.compare(originals, from + start, restored, at + start, length);
      boolean allRight =
          cleared > 0
              ? comparison.areTruncated(cleared, length)
              : !changed || (loss == null && comparison.provesWithin(absolute, relative));
      for (int i = start; !allRight && i < start + length; i++) {
        if (!isRight(originals[from + i], restored[at + i])) {
          violations++;
          first = first < 0 ? i : first;
        }
      }
    }
    extremes.include(
        comparison.largestAbsolute(),
        comparison.largestRelative(),
        comparison.changed(),
        violations);
    return first;
  }

  /**
   * Checks FLOAT64 values, as {@link #firstViolation(ColumnValues, int, ColumnValues, int, int,
   * ErrorExtremes)} does.
   */
  public int firstViolation(
      double[] originals, int from, double[] restored, int at, int count, ErrorExtremes extremes) {
    if (type != ValueType.FLOAT64) {
      throw wrongType();
    }
    Objects.checkFromIndexSize(from, count, originals.length);
    Objects.checkFromIndexSize(at, count, restored.length);
    Float64Comparison comparison = new Float64Comparison();
    int first = -1;
    int violations = 0;
    for (int start = 0; start < count; start += Float64Comparison.CHUNK) {
      int length = Math.min(Float64Comparison.CHUNK, count - start);
      boolean changed = comparison.compare(originals, from + start, restored, at + start, length);
      boolean allRight =
          cleared > 0
              ? comparison.areTruncated(cleared, length)
              : !changed || (loss == null && comparison.provesWithin(absolute, relative));
      for (int i = start; !allRight && i < start + length; i++) {
        if (!isRight(originals[from + i], restored[at + i])) {
          violations++;
          first = first < 0 ? i : first;
        }
      }
    }
    extremes.include(
        comparison.largestAbsolute(),
        comparison.largestRelative(),
        comparison.changed(),
        violations);
    return first;
  }

  private int firstChanged(
      long[] originals, int from, long[] restored, int at, int count, ErrorExtremes extremes) {
    if (type.isFloat()) {
      throw wrongType();
    }
    int first = -1;
    int changed = 0;
    for (int i = count - 1; i >= 0; i--) {
      if (originals[from + i] != restored[at + i]) {
        changed++;
        first = i;
      }
    }
    extremes.include(0, 0, changed, changed);
    return first;
  }

  private boolean isRight(float before, float after) {
    int bitsBefore = Float.floatToRawIntBits(before);
    int bitsAfter = Float.floatToRawIntBits(after);
    return bitsBefore == bitsAfter
        || (cleared >= 0
            ? truncated(bitsBefore, cleared) == bitsAfter
            : measured ? areFinite(before, after) : isWithinBound(before, after));
  }

  private static boolean areFinite(double before, double after) {
    return Double.isFinite(before) && Double.isFinite(after);
  }

  private boolean isRight(double before, double after) {
    long bitsBefore = Double.doubleToRawLongBits(before);
    long bitsAfter = Double.doubleToRawLongBits(after);
    return bitsBefore == bitsAfter
        || (cleared >= 0
            ? truncated(bitsBefore, cleared) == bitsAfter
            : measured ? areFinite(before, after) : isWithinBound(before, after));
  }

  /**
   * The formula of the field: half of the last kept bit is added and what is below cleared, or only
   * cleared before infinity.
   */
  private static int truncated(int bits, int cleared) {
    if (cleared == 0 || (bits & FLOAT32_EXPONENT) == FLOAT32_EXPONENT) {
      return bits;
    }
    int kept = -1 << cleared;
    int rounded = (bits + (1 << (cleared - 1))) & kept;
    return (rounded & FLOAT32_EXPONENT) == FLOAT32_EXPONENT ? bits & kept : rounded;
  }

  private static long truncated(long bits, int cleared) {
    if (cleared == 0 || (bits & FLOAT64_EXPONENT) == FLOAT64_EXPONENT) {
      return bits;
    }
    long kept = -1L << cleared;
    long rounded = (bits + (1L << (cleared - 1))) & kept;
    return (rounded & FLOAT64_EXPONENT) == FLOAT64_EXPONENT ? bits & kept : rounded;
  }

  /** Whether a value that is not its original is within a bound; decided exactly. */
  private boolean isWithinBound(double before, double after) {
    double difference = after - before;
    double error = Math.abs(difference);
    if (before == 0 || !Double.isFinite(error)) {
      return false;
    }
    Loss all = loss;
    if (all != null) {
      BigDecimal bound =
          new BigDecimal(all.relative())
              .multiply(new BigDecimal(before).abs())
              .add(new BigDecimal(all.absolute()));
      return new BigDecimal(after).subtract(new BigDecimal(before)).abs().compareTo(bound) <= 0;
    }
    if (step != null) {
      return error < absolute * (1 - SLACK) || isWithinHalfStep(step, before, after);
    }
    if (absolute > 0) {
      // Rounding is monotone, so only an error that rounds to the bound itself is in doubt. Knuth's
      // sum gives what rounding left.
      double subtracted = difference - after;
      double rest = (after - (difference - subtracted)) - (before + subtracted);
      return error < absolute || (error == absolute && Math.copySign(1, difference) * rest <= 0);
    }
    double magnitude = Math.abs(before);
    if (error > magnitude) {
      return false;
    }
    if (error < relative * (1 - SLACK) * magnitude && magnitude > 0x1p-900) {
      return true;
    }
    BigDecimal exactError = new BigDecimal(after).subtract(new BigDecimal(before)).abs();
    return exactError.compareTo(new BigDecimal(relative).multiply(new BigDecimal(magnitude))) <= 0;
  }

  private boolean isWithinHalfStep(BigDecimal wide, double before, double after) {
    double ulp = type == ValueType.FLOAT32 ? Math.ulp((float) after) : Math.ulp(after);
    BigDecimal error = new BigDecimal(after).subtract(new BigDecimal(before)).abs();
    return error.add(error).compareTo(wide.add(new BigDecimal(ulp))) <= 0;
  }

  private IllegalArgumentException wrongType() {
    return new IllegalArgumentException(
        "the check of " + precision + " for " + type + " was given values of another type");
  }
}
