package org.jetfold.codec.reference;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The contents of a block.
 *
 * @param entries of each group
 * @param counts for each group, the root's being empty, the number of entries of each of its lists
 * @param values for each column the bits of its values: of FLOAT32 the low 32, of integers all 64
 */
public record DecodedBlock(long[] entries, long[][] counts, long[][] values) {
  /** Smallest and largest value that is not NaN; null where there is none. */
  public static long[] range(HeaderFields.Column column, long[] values) {
    Comparator<Long> order = order(column);
    long[] range = null;
    for (long value : values) {
      if (isNaN(column, value)) {
        continue;
      }
      range = range == null ? new long[] {value, value} : range;
      range[0] = order.compare(value, range[0]) < 0 ? value : range[0];
      range[1] = order.compare(value, range[1]) > 0 ? value : range[1];
    }
    return range;
  }

  /** How many values are NaN. */
  public static long nans(HeaderFields.Column column, long[] values) {
    return Arrays.stream(values).filter(value -> isNaN(column, value)).count();
  }

  private static boolean isNaN(HeaderFields.Column column, long value) {
    return switch (column.type()) {
      case 10 -> Float.isNaN(Float.intBitsToFloat((int) value));
      case 11 -> Double.isNaN(Double.longBitsToDouble(value));
      default -> false;
    };
  }

  /** Of float bits: negative ones fall with their magnitude, and are below the others. */
  private static Comparator<Long> order(HeaderFields.Column column) {
    if (column.isUnsigned64()) {
      return Long::compareUnsigned;
    }
    return switch (column.type()) {
      case 10 -> Comparator.comparingInt(value -> ascending((int) (long) value));
      case 11 -> Comparator.comparingLong(DecodedBlock::ascending);
      default -> Comparator.naturalOrder();
    };
  }

  private static int ascending(int bits) {
    return bits < 0 ? ~(bits & Integer.MAX_VALUE) : bits;
  }

  private static long ascending(long bits) {
    return bits < 0 ? ~(bits & Long.MAX_VALUE) : bits;
  }
}
