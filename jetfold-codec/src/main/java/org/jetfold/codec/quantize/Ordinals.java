package org.jetfold.codec.quantize;

import org.jetfold.codec.table.ColumnValues;

/**
 * Floats as whole numbers in the order −NaN … −∞ … −0, +0 … +∞ … +NaN: the magnitude ({@link
 * FloatLayout}) where the sign is +, −1 less the magnitude where it is −. Neighbours differ by 1.
 */
final class Ordinals {
  private Ordinals() {}

  static long of(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  static long of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static float toFloat(long ordinal) {
    int bits = (int) ordinal;
    return Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  static double toDouble(long ordinal) {
    return Double.longBitsToDouble(ordinal ^ ((ordinal >> 63) & Long.MAX_VALUE));
  }

  /** The ordinal's distance from zero: the magnitude of its float. */
  static long magnitude(long ordinal) {
    return ordinal ^ (ordinal >> 63);
  }

  /** The ordinals of {@code count} floats from index {@code from} on, into index 0 and on. */
  static void copy(ColumnValues values, int from, int count, long[] ordinals) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          ordinals[i] = of(floats[from + i]);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < count; i++) {
          ordinals[i] = of(doubles[from + i]);
        }
      }
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("integers have no ordinal");
    }
  }

  /** The ordinals of every {@code stride}th float, the first one first. */
  static long[] everyOf(ColumnValues values, int stride) {
    long[] ordinals = new long[(values.size() + stride - 1) / stride];
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < ordinals.length; i++) {
          ordinals[i] = of(floats[i * stride]);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < ordinals.length; i++) {
          ordinals[i] = of(doubles[i * stride]);
        }
      }
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("integers have no ordinal");
    }
    return ordinals;
  }

  /** Writes the floats of {@code count} ordinals to index {@code at} and on. */
  static void restore(long[] ordinals, int count, ColumnValues values, int at) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          floats[at + i] = toFloat(ordinals[i]);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < count; i++) {
          doubles[at + i] = toDouble(ordinals[i]);
        }
      }
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("integers have no ordinal");
    }
  }
}
