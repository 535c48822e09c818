package org.jetfold.codec.quantize;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Replaces restored values by those that take the fewest decimal digits and are still within the
 * precision of the original, for certain. Under {@code step} they are that already.
 *
 * <p>The original of a restored value is not known, but the cell that it is in is: all values that
 * give the same symbol. A value that is within the precision of both ends of the cell is within the
 * precision of all in it. Where only the restored value is, it stays. Zeros, infinities and NaNs
 * stay, too.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class ShortestDecimals {
  private static final MathContext EXACT = MathContext.UNLIMITED;

  /** So many digits a double holds with room for the errors of a few operations. */
  private static final int EXACT_DIGITS = 12;

  private final Precision precision;
  private final ValueType type;
  private final Quantizer quantizer;

  /**
   * For columns with a precision and a type.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where the precision does not suit the
   *     type
   */
  public ShortestDecimals(Precision precision, ValueType type) {
    this.precision = precision;
    this.type = type;
    quantizer = Quantizer.of(precision, type);
  }

  /** The values to print, in new arrays; values that nothing may happen to as they are. */
  public ColumnValues of(ColumnValues restored) {
    if (keepsAllBits() || precision instanceof Precision.Measured) {
      return restored;
    }
    Cells cells = new Cells(restored);
    return switch (restored) {
      case ColumnValues.Integers unused -> restored;
      case ColumnValues.Floats(float[] floats) -> {
        float[] shorter = floats.clone();
        for (int i = 0; i < shorter.length; i++) {
          if (cells.isOpen(i)) {
            double found = shortest(Math.abs(floats[i]), cells.low(i), cells.high(i));
            shorter[i] = Math.copySign((float) found, floats[i]);
          }
        }
        yield new ColumnValues.Floats(shorter);
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double[] shorter = doubles.clone();
        for (int i = 0; i < shorter.length; i++) {
          if (cells.isOpen(i)) {
            double found = shortest(Math.abs(doubles[i]), cells.low(i), cells.high(i));
            shorter[i] = Math.copySign(found, doubles[i]);
          }
        }
        yield new ColumnValues.Doubles(shorter);
      }
    };
  }

  private boolean keepsAllBits() {
    int mantissa =
        type == ValueType.FLOAT32 ? Precision.Bits.MAX_FOR_FLOAT32 : Precision.Bits.MAX_FOR_FLOAT64;
    // Where the cells of a dithered column lie depends on the events' phases.
    return !precision.isLossy()
        || precision instanceof Precision.Scaled
        || precision instanceof Precision.Dithered
        || precision instanceof Precision.Step
        || (precision instanceof Precision.Bits(int b) && b >= mantissa);
  }

  /**
   * The value with the fewest digits for a restored one.
   *
   * @param low the smallest magnitude in its cell
   * @param high the largest
   */
  private double shortest(double restored, double low, double high) {
    BigDecimal smallest = smallestWithin(new BigDecimal(high));
    BigDecimal largest = largestWithin(new BigDecimal(low));
    BigDecimal exact = new BigDecimal(restored);
    int most = type == ValueType.FLOAT32 ? 9 : 17;
    for (int digits = 1; digits <= most; digits++) {
      if (isHopeless(digits, restored, smallest.doubleValue(), largest.doubleValue())) {
        continue;
      }
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean isBelowNearer = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
      for (BigDecimal decimal : isBelowNearer ? List.of(below, above) : List.of(above, below)) {
        double value = value(decimal);
        if (value == restored
            || (Double.isFinite(value)
                && isBetween(new BigDecimal(value), smallest, largest)
                && isBetween(new BigDecimal(text(value)), smallest, largest))) {
          return value;
        }
      }
    }
    return restored;
  }

  /**
   * Whether no decimal with so many digits is anywhere near: most of them need no exact arithmetic.
   */
  private static boolean isHopeless(int digits, double value, double smallest, double largest) {
    if (digits > EXACT_DIGITS) {
      return false;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - digits + 1);
    double units = value / unit;
    double whole = Math.floor(units);
    return (units - whole) * unit > 1.01 * (value - smallest)
        && (whole + 1 - units) * unit > 1.01 * (largest - value);
  }

  /** The smallest number that a magnitude may become. */
  private BigDecimal smallestWithin(BigDecimal magnitude) {
    return precision instanceof Precision.Absolute(double bound)
        ? magnitude.subtract(new BigDecimal(bound)).max(BigDecimal.ZERO)
        : magnitude.multiply(BigDecimal.ONE.subtract(relative()), EXACT);
  }

  /** The largest number that a magnitude may become. */
  private BigDecimal largestWithin(BigDecimal magnitude) {
    return precision instanceof Precision.Absolute(double bound)
        ? magnitude.add(new BigDecimal(bound))
        : magnitude.multiply(BigDecimal.ONE.add(relative()), EXACT);
  }

  private BigDecimal relative() {
    return switch (precision) {
      case Precision.Bits(int bits) -> new BigDecimal(Math.scalb(1.0, -bits - 1));
      case Precision.Relative(double bound) -> new BigDecimal(bound);
      default -> BigDecimal.ZERO;
    };
  }

  /** What is read of a decimal into a column of this type. */
  private double value(BigDecimal decimal) {
    return type == ValueType.FLOAT32 ? decimal.floatValue() : decimal.doubleValue();
  }

  /** What is printed of a value of this type. */
  private String text(double value) {
    return type == ValueType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
  }

  private static boolean isBetween(BigDecimal value, BigDecimal smallest, BigDecimal largest) {
    return value.compareTo(smallest) >= 0 && value.compareTo(largest) <= 0;
  }

  /** The cells of restored values. Not thread-safe. */
  private final class Cells {
    private final boolean single = type == ValueType.FLOAT32;
    private final long[] magnitudes;
    private final boolean[] negative;
    private final long[] symbols;
    private final long[] lows;

    /** Whether a value is what its cell is restored as; others came back bit for bit. */
    private final boolean[] isUsual;

    private final long[] highs;

    Cells(ColumnValues restored) {
      int count = restored.size();
      magnitudes = new long[count];
      negative = new boolean[count];
      symbols = new long[count];
      for (int i = 0; i < count; i++) {
        long bits = bits(restored, i);
        negative[i] = bits < 0;
        magnitudes[i] = bits & (single ? Integer.MAX_VALUE : Long.MAX_VALUE);
      }
      quantizer.quantize(restored, 0, count, symbols);
      long[] representatives = new long[count];
      ColumnValues usual = values(representatives);
      quantizer.restore(symbols, count, usual, 0);
      isUsual = new boolean[count];
      for (int i = 0; i < count; i++) {
        isUsual[i] = bits(usual, i) == bits(restored, i);
      }
      lows = new long[count];
      search(lows, magnitudes.clone(), /* isLow= */ true);
      highs = magnitudes.clone();
      long infinity =
          single
              ? Float.floatToRawIntBits(Float.POSITIVE_INFINITY)
              : Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
      long[] upper = new long[count];
      Arrays.fill(upper, infinity - 1);
      search(highs, upper, /* isLow= */ false);
    }

    private static long bits(ColumnValues values, int i) {
      return switch (values) {
        case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[i]);
        case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[i]);
        case ColumnValues.Integers unused -> 0;
      };
    }

    /** Narrows intervals until they are the first, or the last, magnitudes of the cells. */
    private void search(long[] from, long[] to, boolean isLow) {
      long[] middles = new long[from.length];
      long[] found = new long[from.length];
      boolean more = from.length > 0;
      while (more) {
        more = false;
        for (int i = 0; i < middles.length; i++) {
          long width = Math.max(0, to[i] - from[i]);
          middles[i] = from[i] + (isLow ? width / 2 : (width + 1) / 2);
        }
        quantizer.quantize(values(middles), 0, middles.length, found);
        for (int i = 0; i < middles.length; i++) {
          if (from[i] < to[i]) {
            boolean isInCell = found[i] == symbols[i];
            if (isLow) {
              to[i] = isInCell ? middles[i] : to[i];
              from[i] = isInCell ? from[i] : middles[i] + 1;
            } else {
              from[i] = isInCell ? middles[i] : from[i];
              to[i] = isInCell ? to[i] : middles[i] - 1;
            }
            more |= from[i] < to[i];
          }
        }
      }
    }

    private ColumnValues values(long[] bits) {
      if (single) {
        float[] floats = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
          float magnitude = Float.intBitsToFloat((int) bits[i]);
          floats[i] = negative[i] ? -magnitude : magnitude;
        }
        return new ColumnValues.Floats(floats);
      }
      double[] doubles = new double[bits.length];
      for (int i = 0; i < bits.length; i++) {
        double magnitude = Double.longBitsToDouble(bits[i]);
        doubles[i] = negative[i] ? -magnitude : magnitude;
      }
      return new ColumnValues.Doubles(doubles);
    }

    private double value(long magnitude) {
      return single ? Float.intBitsToFloat((int) magnitude) : Double.longBitsToDouble(magnitude);
    }

    /**
     * Whether a value may be replaced: not where it is zero, or no number. The relative error of
     * truncation has no bound below the smallest normal number.
     */
    boolean isOpen(int i) {
      double smallest = precision instanceof Precision.Bits ? normal() : 0;
      return isUsual[i]
          && magnitudes[i] > 0
          && Double.isFinite(value(magnitudes[i]))
          && value(lows[i]) >= smallest;
    }

    private double normal() {
      return single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    double low(int i) {
      return value(lows[i]);
    }

    double high(int i) {
      return value(highs[i]);
    }
  }
}
