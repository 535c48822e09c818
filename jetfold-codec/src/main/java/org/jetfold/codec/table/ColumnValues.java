package org.jetfold.codec.table;

import java.util.Arrays;

/**
 * The values of one column in memory. Arrays are shared, not copied: whoever hands one over stops writing to it.
 *
 * <p>Floats keep their bit patterns, NaN payloads included, as long as they are only moved: copy arrays, or go through {@link
 * Float#floatToRawIntBits}.
 */
public sealed interface ColumnValues {
  /** The number of values. */
  int size();

  /** The values from {@code from} to before {@code to}, copied. */
  ColumnValues slice(int from, int to);

  /** Values of a FLOAT32 column. */
  record Floats(float[] values) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Floats slice(int from, int to) {
      return new Floats(Arrays.copyOfRange(values, from, to));
    }
  }

  /** Values of a FLOAT64 column. */
  record Doubles(double[] values) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Doubles slice(int from, int to) {
      return new Doubles(Arrays.copyOfRange(values, from, to));
    }
  }

  /** Values of an integer or boolean column of any width, sign- or zero-extended as the column's type says. */
  record Integers(long[] values) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Integers slice(int from, int to) {
      return new Integers(Arrays.copyOfRange(values, from, to));
    }
  }

  /** An array of {@code size} zeros for a type. */
  static ColumnValues zeros(ValueType type, int size) {
    return switch (type) {
      case FLOAT32 -> new Floats(new float[size]);
      case FLOAT64 -> new Doubles(new double[size]);
      default -> new Integers(new long[size]);
    };
  }
}
