package org.jetfold.root.write;

import org.jetfold.root.ValueType;

/**
 * A column to write.
 *
 * @param code the number of its encoding in the format
 * @param bits the bits of an element
 * @param field the number of its field
 */
record WriteColumn(int code, int bits, int field) {
  /** A column that holds the ends of lists: 64 bits, differences, split. */
  static WriteColumn index(int field) {
    return new WriteColumn(0x1B, 64, field);
  }

  /** A column of numbers, split where they have several bytes. */
  static WriteColumn numbers(ValueType type, int field) {
    int code =
        switch (type) {
          case BOOL -> 0x00;
          case INT8 -> 0x03;
          case UINT8 -> 0x04;
          case INT16 -> 0x11;
          case UINT16 -> 0x12;
          case INT32 -> 0x13;
          case UINT32 -> 0x14;
          case INT64 -> 0x15;
          case UINT64 -> 0x16;
          case FLOAT32 -> 0x18;
          case FLOAT64 -> 0x19;
        };
    return new WriteColumn(code, type == ValueType.BOOL ? 1 : 8 * type.bytes(), field);
  }
}
