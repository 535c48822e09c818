package org.jetfold.cli.compress;

import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/** The smallest and the largest of a column's integers. Not thread-safe. */
final class IntegerRange {
  private final ValueType type;
  private long lowest;
  private long highest;
  private boolean isEmpty = true;

  /** A column without values yet. */
  IntegerRange(ValueType type) {
    this.type = type;
  }

  /** Adds more values of the column. */
  void add(ColumnValues values) {
    for (long value : ((ColumnValues.Integers) values).values()) {
      lowest = isEmpty || isBelow(value, lowest) ? value : lowest;
      highest = isEmpty || isBelow(highest, value) ? value : highest;
      isEmpty = false;
    }
  }

  private boolean isBelow(long one, long other) {
    return type == ValueType.UINT64 ? Long.compareUnsigned(one, other) < 0 : one < other;
  }

  /**
   * The type of fewest bytes that holds all values: of two with as many the one that keeps whether
   * there is a sign. Booleans, and columns without values, keep their type.
   */
  ValueType smallestType() {
    ValueType smallest = type;
    if (isEmpty || type == ValueType.BOOL) {
      return type;
    }
    for (ValueType other : ValueType.values()) {
      if (other.isFloat() || other == ValueType.BOOL) {
        continue;
      }
      boolean isSmaller =
          other.bytes() < smallest.bytes()
              || (other.bytes() == smallest.bytes() && isSigned(other) == isSigned(type));
      if (isSmaller && holdsAll(other)) {
        smallest = other;
      }
    }
    return smallest;
  }

  private static boolean isSigned(ValueType type) {
    return type != ValueType.UINT64 && type.minimum() < 0;
  }

  private boolean holdsAll(ValueType other) {
    if (other == type) {
      return true;
    }
    if (other == ValueType.UINT64) {
      return lowest >= 0;
    }
    // What has more bits than int64 is negative here.
    boolean fitsInt64 = type != ValueType.UINT64 || highest >= 0;
    return fitsInt64 && lowest >= other.minimum() && highest <= other.maximum();
  }
}
