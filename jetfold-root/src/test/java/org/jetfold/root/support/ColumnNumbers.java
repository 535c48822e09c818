package org.jetfold.root.support;

import org.jetfold.root.ColumnValues;
import org.jetfold.root.ValueType;

/** A column's values as JavaScript sees them: all of them doubles. */
public final class ColumnNumbers {
  private ColumnNumbers() {}

  /** The values as doubles. */
  public static double[] of(ColumnValues values, ValueType type) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> floats[i];
            case ColumnValues.Doubles(double[] doubles) -> doubles[i];
            case ColumnValues.Integers(long[] integers) ->
                type == ValueType.UINT64
                    ? Double.parseDouble(Long.toUnsignedString(integers[i]))
                    : integers[i];
          };
    }
    return numbers;
  }
}
