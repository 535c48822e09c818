package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.ValueType;

/**
 * Adds numbers of one type to a column of another, as long as no value changes by that: a member
 * may have another type in another version of its class.
 */
final class NumberConversion {
  private NumberConversion() {}

  /**
   * Adds numbers.
   *
   * @param type of the numbers
   * @return false where the column cannot hold one of them
   */
  static boolean add(ColumnValues numbers, ValueType type, GrowingValues column)
      throws IOException {
    for (int i = 0; i < numbers.size(); i++) {
      boolean added =
          switch (numbers) {
            case ColumnValues.Floats(float[] floats) -> add(floats[i], column);
            case ColumnValues.Doubles(double[] doubles) -> add(doubles[i], column);
            case ColumnValues.Integers(long[] integers) ->
                add(integers[i], type == ValueType.UINT64 && integers[i] < 0, column);
          };
      if (!added) {
        return false;
      }
    }
    return true;
  }

  private static boolean add(double value, GrowingValues column) throws IOException {
    if (!column.type().isFloat()) {
      return (long) value == value && Math.abs(value) < 0x1p63 && add((long) value, false, column);
    }
    column.add(value);
    return column.type() == ValueType.FLOAT64 || (float) value == value || Double.isNaN(value);
  }

  /**
   * Adds an integer.
   *
   * @param huge whether it stands for one of 2⁶³ or above
   */
  private static boolean add(long value, boolean huge, GrowingValues column) throws IOException {
    ValueType type = column.type();
    if (type.isFloat()) {
      column.add((double) value);
      long kept = type == ValueType.FLOAT32 ? (long) (float) value : (long) (double) value;
      return !huge && kept == value && value != Long.MAX_VALUE;
    }
    column.add(value);
    int bits = Byte.SIZE * type.bytes();
    return switch (type) {
      case BOOL -> value == 0 || value == 1;
      case UINT8, UINT16, UINT32 -> !huge && value >>> bits == 0;
      case UINT64 -> huge || value >= 0;
      default -> !huge && value << (Long.SIZE - bits) >> (Long.SIZE - bits) == value;
    };
  }
}
