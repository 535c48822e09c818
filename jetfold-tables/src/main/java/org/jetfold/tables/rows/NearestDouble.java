package org.jetfold.tables.rows;

/** Integers of 64 bits as doubles. */
public final class NearestDouble {
  private NearestDouble() {}

  /**
   * The double nearest to an integer.
   *
   * @param unsigned whether the integer is from 0 to 2⁶⁴−1
   */
  public static double of(long value, boolean unsigned) {
    return unsigned && value < 0 ? 2 * (double) ((value >>> 1) | (value & 1)) : value;
  }

  /** Whether a double is that integer, and not the next one that a double can be. */
  public static boolean isExact(double nearest, long value, boolean unsigned) {
    if (unsigned && value < 0) {
      return nearest < 0x1p64 && (long) (nearest - 0x1p63) == value - Long.MIN_VALUE;
    }
    return nearest < 0x1p63 && (long) nearest == value;
  }
}
