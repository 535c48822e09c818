package org.jetfold.study.residual;

import org.jetfold.codec.table.ColumnValues;

/** Values of any type as doubles. */
final class Values {
  private Values() {}

  /**
   * All values. 64-bit integers beyond 2^53 are rounded.
   *
   * @param unsigned whether integers are unsigned 64-bit ones
   */
  static double[] asDoubles(ColumnValues values, boolean unsigned) {
    double[] doubles = new double[values.size()];
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = floats[i];
        }
      }
      case ColumnValues.Doubles(double[] all) -> System.arraycopy(all, 0, doubles, 0, all.length);
      case ColumnValues.Integers(long[] integers) -> {
        for (int i = 0; i < doubles.length; i++) {
          double value = integers[i];
          doubles[i] = unsigned && value < 0 ? value + 0x1p64 : value;
        }
      }
    }
    return doubles;
  }
}
