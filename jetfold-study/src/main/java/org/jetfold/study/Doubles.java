package org.jetfold.study;

import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Values of any type as doubles, in which studies calculate. */
public final class Doubles {
  private static final double TWO_TO_64 = 0x1p64;

  private Doubles() {}

  /**
   * The values of a column. 64-bit integers beyond 2^53 are rounded. Of a FLOAT64 column it is the
   * table's own array, which must not be changed.
   */
  public static double[] of(Table table, int column) {
    return of(table.values(column), table.schema().columns().get(column).type());
  }

  /** The values of a column of a type, as {@link #of(Table, int)} gives them. */
  public static double[] of(ColumnValues values, ValueType type) {
    if (values instanceof ColumnValues.Doubles(double[] same)) {
      return same;
    }
    double[] doubles = new double[values.size()];
    for (int i = 0; i < doubles.length; i++) {
      double value = at(values, i);
      doubles[i] = type == ValueType.UINT64 && value < 0 ? value + TWO_TO_64 : value;
    }
    return doubles;
  }

  /** One value; of integers, as a signed number. */
  public static double at(ColumnValues values, int i) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[i];
      case ColumnValues.Doubles(double[] doubles) -> doubles[i];
      case ColumnValues.Integers(long[] integers) -> integers[i];
    };
  }
}
