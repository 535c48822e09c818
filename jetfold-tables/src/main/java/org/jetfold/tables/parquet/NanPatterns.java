package org.jetfold.tables.parquet;

import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Watches the bits of NaNs. DuckDB's dictionaries take all NaNs of a column for the same value, so
 * a column in which they differ must be written without. Not thread-safe.
 */
final class NanPatterns {
  private final boolean[] seen;
  private final long[] first;
  private boolean differ;

  NanPatterns(Schema schema) {
    seen = new boolean[schema.columns().size()];
    first = new long[seen.length];
  }

  /** Whether some column of what was added has NaNs with different bits. */
  boolean differ() {
    return differ;
  }

  /** Adds a piece, and says whether NaNs {@link #differ}. */
  boolean add(Table piece) {
    for (int column = 0; column < seen.length && !differ; column++) {
      switch (piece.values(column)) {
        case ColumnValues.Floats(float[] values) -> {
          for (float value : values) {
            if (Float.isNaN(value)) {
              add(column, Float.floatToRawIntBits(value));
            }
          }
        }
        case ColumnValues.Doubles(double[] values) -> {
          for (double value : values) {
            if (Double.isNaN(value)) {
              add(column, Double.doubleToRawLongBits(value));
            }
          }
        }
        case ColumnValues.Integers unused -> {
          // No integer is NaN.
        }
      }
    }
    return differ;
  }

  private void add(int column, long bits) {
    differ |= seen[column] && first[column] != bits;
    seen[column] = true;
    first[column] = bits;
  }
}
