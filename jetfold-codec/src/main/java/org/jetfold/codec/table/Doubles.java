package org.jetfold.codec.table;

import java.util.function.IntToDoubleFunction;

/** Values of any type as doubles, in which quantities and studies are calculated. */
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
    IntToDoubleFunction reader = reader(values, type);
    double[] doubles = new double[values.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = reader.applyAsDouble(i);
    }
    return doubles;
  }

  /** The same of a column of floats, or of integers that are taken as signed numbers. */
  public static double[] of(ColumnValues values) {
    return of(values, ValueType.INT64);
  }

  /** Gives a column's values one by one, as {@link #of(Table, int)} does. */
  public static IntToDoubleFunction reader(Table table, int column) {
    return reader(table.values(column), table.schema().columns().get(column).type());
  }

  private static IntToDoubleFunction reader(ColumnValues values, ValueType type) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> row -> floats[row];
      case ColumnValues.Doubles(double[] doubles) -> row -> doubles[row];
      case ColumnValues.Integers(long[] integers) when type == ValueType.UINT64 ->
          row -> integers[row] < 0 ? integers[row] + TWO_TO_64 : integers[row];
      case ColumnValues.Integers(long[] integers) -> row -> integers[row];
    };
  }
}
