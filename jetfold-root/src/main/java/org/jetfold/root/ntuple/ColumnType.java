package org.jetfold.root.ntuple;

/** How a column's elements are stored: the types of RNTuple's specification. */
public enum ColumnType {
  BIT(0x00, Kind.BIT, 1, false),
  BYTE(0x01, Kind.UNSIGNED, 8, false),
  CHAR(0x02, Kind.SIGNED, 8, false),
  INT8(0x03, Kind.SIGNED, 8, false),
  UINT8(0x04, Kind.UNSIGNED, 8, false),
  INT16(0x05, Kind.SIGNED, 16, false),
  UINT16(0x06, Kind.UNSIGNED, 16, false),
  INT32(0x07, Kind.SIGNED, 32, false),
  UINT32(0x08, Kind.UNSIGNED, 32, false),
  INT64(0x09, Kind.SIGNED, 64, false),
  UINT64(0x0A, Kind.UNSIGNED, 64, false),
  REAL16(0x0B, Kind.REAL, 16, false),
  REAL32(0x0C, Kind.REAL, 32, false),
  REAL64(0x0D, Kind.REAL, 64, false),
  INDEX32(0x0E, Kind.INDEX, 32, false),
  INDEX64(0x0F, Kind.INDEX, 64, false),
  SWITCH(0x10, Kind.OTHER, 96, false),
  SPLIT_INT16(0x11, Kind.SIGNED, 16, true),
  SPLIT_UINT16(0x12, Kind.UNSIGNED, 16, true),
  SPLIT_INT32(0x13, Kind.SIGNED, 32, true),
  SPLIT_UINT32(0x14, Kind.UNSIGNED, 32, true),
  SPLIT_INT64(0x15, Kind.SIGNED, 64, true),
  SPLIT_UINT64(0x16, Kind.UNSIGNED, 64, true),
  SPLIT_REAL16(0x17, Kind.REAL, 16, true),
  SPLIT_REAL32(0x18, Kind.REAL, 32, true),
  SPLIT_REAL64(0x19, Kind.REAL, 64, true),
  SPLIT_INDEX32(0x1A, Kind.INDEX, 32, true),
  SPLIT_INDEX64(0x1B, Kind.INDEX, 64, true),
  REAL32_TRUNCATED(0x1C, Kind.TRUNCATED, 0, false),
  REAL32_QUANTIZED(0x1D, Kind.QUANTIZED, 0, false),
  /** A type of a newer format. Its columns cannot be read, but all others can. */
  UNKNOWN(-1, Kind.OTHER, 0, false);

  /** What elements are. */
  public enum Kind {
    BIT,
    UNSIGNED,
    SIGNED,
    REAL,
    INDEX,
    TRUNCATED,
    QUANTIZED,
    OTHER
  }

  private final int code;
  private final Kind kind;
  private final int bits;
  private final boolean split;

  ColumnType(int code, Kind kind, int bits, boolean split) {
    this.code = code;
    this.kind = kind;
    this.bits = bits;
    this.split = split;
  }

  /** The type of a number in the schema. */
  static ColumnType of(int code) {
    for (ColumnType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return UNKNOWN;
  }

  /** The number in the schema. */
  public int code() {
    return code;
  }

  /** What elements are. */
  Kind kind() {
    return kind;
  }

  /**
   * Whether a page holds all first bytes of its elements, then all second bytes; signed integers
   * zigzag, indexes as differences.
   */
  boolean isSplit() {
    return split;
  }

  /** Whether elements may have this many bits. */
  boolean allows(int asked) {
    return switch (this) {
      case REAL32_TRUNCATED -> asked >= 10 && asked <= 31;
      case REAL32_QUANTIZED -> asked >= 1 && asked <= 32;
      case UNKNOWN -> asked >= 0;
      default -> asked == bits;
    };
  }
}
