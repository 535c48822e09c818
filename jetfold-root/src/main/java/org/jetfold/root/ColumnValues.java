package org.jetfold.root;

/**
 * The values of a column, in an array of their own that nobody else writes to. Floats keep their
 * bit patterns, NaN payloads included.
 */
public sealed interface ColumnValues {
  /** The number of values. */
  int size();

  /** Values of a {@link ValueType#FLOAT32} column. */
  record Floats(float[] values) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** Values of a {@link ValueType#FLOAT64} column. */
  record Doubles(double[] values) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
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
  }
}
