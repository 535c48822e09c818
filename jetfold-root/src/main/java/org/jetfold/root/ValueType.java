package org.jetfold.root;

/**
 * The type of a column's values. Integers and booleans of every width are read into {@code long[]}.
 */
public enum ValueType {
  BOOL(1),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  /** Unsigned 64-bit integers; those of 2⁶³ and above are negative in a {@code long}. */
  UINT64(8),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  ValueType(int bytes) {
    this.bytes = bytes;
  }

  /** The width of a value in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether the values are of floating point. */
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }
}
