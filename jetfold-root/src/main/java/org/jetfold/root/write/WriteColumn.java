package org.jetfold.root.write;

import org.jetfold.root.ValueType;
import org.jetfold.root.ntuple.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A column to write.
 *
 * @param type how its elements are stored
 * @param bits the bits of an element
 * @param field the number of its field
 * @param grid what its floats are on; null for other columns
 */
record WriteColumn(ColumnType type, int bits, int field, @Nullable FloatGrid grid) {
  /** A column that holds the ends of lists: 64 bits, differences, split. */
  static WriteColumn index(int field) {
    return new WriteColumn(ColumnType.SPLIT_INDEX64, 64, field, null);
  }

  /** A column of numbers, split where they have several bytes, or on a grid. */
  static WriteColumn numbers(NtupleField numbers, int field) {
    FloatGrid grid = numbers.grid();
    if (grid != null) {
      return new WriteColumn(ColumnType.REAL32_QUANTIZED, grid.bits(), field, grid);
    }
    ValueType type = numbers.type();
    ColumnType stored =
        switch (type) {
          case BOOL -> ColumnType.BIT;
          case INT8 -> ColumnType.INT8;
          case UINT8 -> ColumnType.UINT8;
          case INT16 -> ColumnType.SPLIT_INT16;
          case UINT16 -> ColumnType.SPLIT_UINT16;
          case INT32 -> ColumnType.SPLIT_INT32;
          case UINT32 -> ColumnType.SPLIT_UINT32;
          case INT64 -> ColumnType.SPLIT_INT64;
          case UINT64 -> ColumnType.SPLIT_UINT64;
          case FLOAT32 -> ColumnType.SPLIT_REAL32;
          case FLOAT64 -> ColumnType.SPLIT_REAL64;
        };
    return new WriteColumn(stored, type == ValueType.BOOL ? 1 : 8 * type.bytes(), field, null);
  }
}
