package org.jetfold.study.quantization;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * The values that a precision setting leaves, found by asking its quantizer. With {@code bits:m}
 * these are the floats with m mantissa bits: their distance doubles at each power of two, and the
 * cell of the power of two itself is ¾ as wide as those above it.
 */
public final class QuantizedLevels implements Levels {
  private final Quantizer quantizer;
  private final boolean float32;

  /**
   * The levels of a setting.
   *
   * @param type FLOAT32 or FLOAT64
   */
  public QuantizedLevels(Precision precision, ValueType type) {
    if (!type.isFloat()) {
      throw new IllegalArgumentException(type + " values are not quantized");
    }
    quantizer = Quantizer.of(precision, type);
    float32 = type == ValueType.FLOAT32;
  }

  /** The values of a column after quantization. */
  public ColumnValues quantized(ColumnValues values) {
    long[] symbols = new long[values.size()];
    quantizer.quantize(values, 0, symbols.length, symbols);
    ColumnValues restored = ColumnValues.zeros(quantizer.type(), symbols.length);
    quantizer.restore(symbols, symbols.length, restored, 0);
    return restored;
  }

  private long symbol(double value) {
    long[] symbol = new long[1];
    if (float32) {
      float nearest = (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
      quantizer.quantize(new float[] {nearest}, 0, 1, symbol);
    } else {
      quantizer.quantize(new double[] {value}, 0, 1, symbol);
    }
    return symbol[0];
  }

  private double level(long symbol) {
    if (float32) {
      float[] restored = new float[1];
      quantizer.restore(new long[] {symbol}, 1, restored, 0);
      return restored[0];
    }
    double[] restored = new double[1];
    quantizer.restore(new long[] {symbol}, 1, restored, 0);
    return restored[0];
  }

  /** The symbol of the smallest level that is not below a finite value. */
  private long first(double value) {
    long symbol = symbol(value);
    while (level(symbol) < value) {
      symbol++;
    }
    while (level(symbol - 1) >= value) {
      symbol--;
    }
    return symbol;
  }

  @Override
  public long count(double from, double to) {
    // −0 and +0 have two symbols and are one level.
    long zeros = from <= 0 && to > 0 ? 1 : 0;
    return first(to) - first(from) - zeros;
  }

  /** The smallest float of the cell, found by halving the floats between it and the level below. */
  @Override
  public double effectiveEdge(double edge) {
    long symbol = first(edge);
    long outside = ordered(level(symbol - 1));
    long inside = ordered(level(symbol));
    while (inside - outside > 1) {
      long middle = (outside + inside) >> 1;
      if (symbol(unordered(middle)) >= symbol) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return unordered(inside);
  }

  /** A float's place in the order of all floats of its type. */
  private long ordered(double value) {
    long bits =
        float32 ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
    long magnitude = bits & (float32 ? Integer.MAX_VALUE : Long.MAX_VALUE);
    return bits < 0 ? -magnitude : magnitude;
  }

  private double unordered(long place) {
    long magnitude = Math.abs(place);
    double size =
        float32 ? Float.intBitsToFloat((int) magnitude) : Double.longBitsToDouble(magnitude);
    return place < 0 ? -size : size;
  }

  @Override
  public double atOrAbove(double value) {
    return level(first(value)) + 0.0;
  }

  @Override
  public double below(double value) {
    return level(first(value) - 1) + 0.0;
  }

  @Override
  public double spacing(double value) {
    long above = first(Math.nextUp(value));
    return level(above) - level(first(value) == above ? above - 1 : first(value));
  }
}
