package org.jetfold.codec.table;

import java.util.Locale;

/**
 * The type of a column's values.
 *
 * <p>Half-precision floats have no type of their own: readers widen them to {@link #FLOAT32}, which
 * is exact. Integers of every width, and booleans (0 and 1), travel as 64-bit integers in memory;
 * {@link #UINT64} values above 2⁶³−1 are held as the negative number with the same bits.
 */
public enum ValueType {
  BOOL(1, 1),
  INT8(2, 1),
  INT16(3, 2),
  INT32(4, 4),
  INT64(5, 8),
  UINT8(6, 1),
  UINT16(7, 2),
  UINT32(8, 4),
  UINT64(9, 8),
  FLOAT32(10, 4),
  FLOAT64(11, 8);

  private final int code;
  private final int bytes;

  ValueType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Its name for people, as in {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number that stands for this type in a file. */
  public int code() {
    return code;
  }

  /** The bytes of one value in an uncompressed array. */
  public int bytes() {
    return bytes;
  }

  /** True for FLOAT32 and FLOAT64, the types that may have a lossy precision. */
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The smallest value that this integer type holds, in the 64-bit form used in memory. */
  public long minimum() {
    return switch (this) {
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64, UINT64 -> Long.MIN_VALUE;
      case BOOL, UINT8, UINT16, UINT32 -> 0;
      case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is not an integer type");
    };
  }

  /** The largest value that this integer type holds, in the 64-bit form used in memory. */
  public long maximum() {
    return switch (this) {
      case BOOL -> 1;
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      case INT64, UINT64 -> Long.MAX_VALUE;
      case UINT8 -> 0xFFL;
      case UINT16 -> 0xFFFFL;
      case UINT32 -> 0xFFFF_FFFFL;
      case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is not an integer type");
    };
  }
}
