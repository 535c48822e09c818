package org.jetfold.codec.quantize;

import org.jetfold.codec.table.ColumnValues;

/**
 * The symbols of {@code exact} floats most of which are decimals of few digits (docs/format.md
 * section 6.13). The symbol of a value is k where it is the float nearest to k/10^p and |k| is
 * below 2^t, t being the stored bits of a mantissa; that of −0 is −2^t; that of any other value its
 * ordinal. The ordinals of floats that are not subnormal are 2^t and more, or less than −2^t, so
 * that no two values share a symbol; those of subnormals would not be, which is why columns with
 * such have no decimals.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class DecimalSymbols {
  private final FloatLayout layout;
  private final DecimalGrid grid;
  private final double denominator;
  private final long limit;

  /** The symbols of values of a type with a number of decimal digits. */
  DecimalSymbols(FloatLayout layout, int digits) {
    this.layout = layout;
    grid = DecimalGrid.ofDigits(digits);
    denominator = grid.denominator();
    limit = layout.smallestNormal();
  }

  /** The symbols of {@code count} values from index {@code from} on. */
  void quantize(ColumnValues values, int from, int count, long[] into) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          float value = floats[from + i];
          double number = Math.rint(value * denominator);
          boolean isDecimal =
              Math.abs(number) < limit
                  && Float.floatToRawIntBits((float) (number / denominator))
                      == Float.floatToRawIntBits(value);
          into[i] = isDecimal && !isNegativeZero(value) ? (long) number : other(value);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < count; i++) {
          double value = doubles[from + i];
          double number = Math.rint(value * denominator);
          boolean isDecimal =
              Math.abs(number) < limit
                  && Double.doubleToRawLongBits(number / denominator)
                      == Double.doubleToRawLongBits(value);
          into[i] = isDecimal && !isNegativeZero(value) ? (long) number : other(value);
        }
      }
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("integers have no decimals");
    }
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  private long other(float value) {
    return isNegativeZero(value) ? -limit : ofNormal(Ordinals.of(value));
  }

  private long other(double value) {
    return isNegativeZero(value) ? -limit : ofNormal(Ordinals.of(value));
  }

  private long ofNormal(long ordinal) {
    if (Ordinals.magnitude(ordinal) < limit) {
      throw new IllegalArgumentException("a subnormal float has no symbol among decimals");
    }
    return ordinal;
  }

  /** Whether a value is a decimal of so many digits; −0 is one here, as it costs no more. */
  boolean isDecimal(long ordinal) {
    boolean single = layout == FloatLayout.FLOAT32;
    double value = single ? Ordinals.toFloat(ordinal) : Ordinals.toDouble(ordinal);
    double number = Math.rint(value * denominator);
    double nearest = grid.valueOf(number);
    return Math.abs(number) < limit
        && (single ? (float) nearest == (float) value : nearest == value);
  }

  /** Whether a value has a symbol. */
  boolean has(long ordinal) {
    return ordinal == 0 || ordinal == -1 || Ordinals.magnitude(ordinal) >= limit;
  }

  /**
   * Restores {@code count} values to index {@code at} and on.
   *
   * @throws InvalidSymbolException where a symbol is none that a value has
   */
  void restore(long[] symbols, int count, ColumnValues values, int at) {
    for (int i = 0; i < count; i++) {
      if (Ordinals.magnitude(symbols[i]) > layout.largest()) {
        throw new InvalidSymbolException(
            i, "%d is no symbol of a decimal or of another value".formatted(symbols[i]));
      }
    }
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          long symbol = symbols[i];
          floats[at + i] =
              symbol > -limit && symbol < limit
                  ? (float) grid.valueOf((double) symbol)
                  : symbol == -limit ? -0.0f : Ordinals.toFloat(symbol);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < count; i++) {
          long symbol = symbols[i];
          doubles[at + i] =
              symbol > -limit && symbol < limit
                  ? grid.valueOf((double) symbol)
                  : symbol == -limit ? -0.0 : Ordinals.toDouble(symbol);
        }
      }
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("integers have no decimals");
    }
  }
}
