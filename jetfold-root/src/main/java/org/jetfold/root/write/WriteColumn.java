package org.jetfold.root.write;

import org.jetfold.root.ValueType;
import org.jetfold.root.ntuple.ColumnType;

/**
 * A column to write.
 *
 * @param type how its elements are stored
 * @param bits the bits of an element
 * @param field the number of its field
 */
record WriteColumn(ColumnType type, int bits, int field) {
  /** A column that holds the ends of lists: 64 bits, differences, split. */
  static WriteColumn index(int field) {
    return new WriteColumn(ColumnType.SPLIT_INDEX64, 64, field);
  }

  /** A column of numbers, split where they have several bytes. */
  static WriteColumn numbers(ValueType type, int field) {
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
    return new WriteColumn(stored, type == ValueType.BOOL ? 1 : 8 * type.bytes(), field);
  }
}
