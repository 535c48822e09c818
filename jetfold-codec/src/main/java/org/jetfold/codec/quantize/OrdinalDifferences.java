package org.jetfold.codec.quantize;

import org.jetfold.codec.table.ColumnValues;

/** How many floats lie between values of a column and others, at some of its rows. */
public final class OrdinalDifferences {
  private OrdinalDifferences() {}

  /**
   * The ordinals of values less those of others, with wrap-around.
   *
   * @param rows where they stand in both
   */
  public static long[] of(ColumnValues values, ColumnValues others, int[] rows) {
    long[] differences = new long[rows.length];
    long[] ordinal = new long[1];
    for (int i = 0; i < rows.length; i++) {
      Ordinals.copy(values, rows[i], 1, ordinal);
      differences[i] = ordinal[0];
      Ordinals.copy(others, rows[i], 1, ordinal);
      differences[i] -= ordinal[0];
    }
    return differences;
  }

  /**
   * Adds differences to the ordinals of a column's values.
   *
   * @throws InvalidSymbolException where that gives none of a FLOAT32
   */
  public static void add(long[] differences, int[] rows, ColumnValues values) {
    long[] ordinal = new long[1];
    for (int i = 0; i < rows.length; i++) {
      Ordinals.copy(values, rows[i], 1, ordinal);
      ordinal[0] += differences[i];
      if (values instanceof ColumnValues.Floats && ordinal[0] != (int) ordinal[0]) {
        throw new InvalidSymbolException(i, "what refines a value leads beyond all floats");
      }
      Ordinals.restore(ordinal, 1, values, rows[i]);
    }
  }
}
