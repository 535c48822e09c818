package org.jetfold.codec.table;

import java.util.Arrays;
import java.util.List;

/**
 * The values of one column in memory. Arrays are shared, not copied: do not write to an array after
 * passing it on.
 *
 * <p>Floats keep their bit patterns, NaN payloads included, as long as they are only moved: copy
 * arrays, or go through {@link Float#floatToRawIntBits}.
 */
public sealed interface ColumnValues {
  /** The number of values. */
  int size();

  /** The values from {@code from} to before {@code to}, copied. */
  ColumnValues slice(int from, int to);

  /** The values at some indices, copied, in the order of these. */
  default ColumnValues at(int[] indices) {
    return switch (this) {
      case Floats(float[] floats) -> {
        float[] chosen = new float[indices.length];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = floats[indices[i]];
        }
        yield new Floats(chosen);
      }
      case Doubles(double[] doubles) -> {
        double[] chosen = new double[indices.length];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = doubles[indices[i]];
        }
        yield new Doubles(chosen);
      }
      case Integers(long[] integers) -> {
        long[] chosen = new long[indices.length];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = integers[indices[i]];
        }
        yield new Integers(chosen);
      }
    };
  }

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

  /**
   * Values of an integer or boolean column of any width, sign- or zero-extended as the column's
   * type says.
   */
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

  /** The parts of one type, concatenated. */
  static ColumnValues joined(ValueType type, List<ColumnValues> parts) {
    ColumnValues joined = zeros(type, parts.stream().mapToInt(ColumnValues::size).sum());
    int at = 0;
    for (ColumnValues part : parts) {
      part.copyTo(joined, at);
      at += part.size();
    }
    return joined;
  }

  /** Copies all values into another array of the same type, from index {@code at} on. */
  default void copyTo(ColumnValues target, int at) {
    Object from = array(this);
    System.arraycopy(from, 0, array(target), at, size());
  }

  private static Object array(ColumnValues values) {
    return switch (values) {
      case Floats(float[] floats) -> floats;
      case Doubles(double[] doubles) -> doubles;
      case Integers(long[] integers) -> integers;
    };
  }
}
