package org.jetfold.codec.quantize;

/**
 * Compares restored FLOAT64 values with their originals, some at a time: how many changed, how
 * large the errors are. The first loops are simple enough to be vectorized and give the errors
 * roughly; exact ones are only computed where a new largest error is possible.
 *
 * <p>Not thread-safe.
 */
final class Float64Comparison {
  /** The most values that can be compared at a time. */
  static final int CHUNK = 1024;

  /**
   * More than what rounding to float64 takes from a difference and its quotient, and gives to a
   * bound: 2^−53 each.
   */
  private static final double SLACK = 0x1p-50;

  private final BitPatterns bitPatterns = new BitPatterns(CHUNK);
  private final long[] before = new long[CHUNK];
  private final long[] after = new long[CHUNK];
  private boolean special;
  private double roughAbsolute;
  private double roughRelative;
  private long changed;
  private double largestAbsolute;
  private double largestRelative;

  /** Adds {@code count} values; true where some changed. */
  boolean compare(double[] originals, int from, double[] restored, int at, int count) {
    bitPatterns.copy(originals, from, before, 0, count);
    bitPatterns.copy(restored, at, after, 0, count);
    long changedHere = 0;
    for (int i = 0; i < count; i++) {
      long difference = before[i] ^ after[i];
      changedHere += (difference | -difference) >>> 63;
    }
    changed += changedHere;
    if (changedHere == 0) {
      return false;
    }
    special = anySpecialChanged(count);
    double absolute = 0;
    for (int i = 0; i < count; i++) {
      absolute = Math.max(absolute, Math.abs(restored[at + i] - originals[from + i]));
    }
    double relative = 0;
    for (int i = 0; i < count; i++) {
      // Of subnormals this is too small, and of zeros no relative error; they are special.
      double error = Math.abs(restored[at + i] - originals[from + i]);
      relative =
          Math.max(relative, error / Math.max(Math.abs(originals[from + i]), Double.MIN_NORMAL));
    }
    roughAbsolute = absolute;
    roughRelative = relative;
    if (special || !(roughAbsolute < largestAbsolute * (1 - SLACK))) {
      findLargestAbsolute(originals, from, restored, at, count);
    }
    if (special || !(roughRelative < largestRelative * (1 - SLACK))) {
      findLargestRelative(originals, from, restored, at, count);
    }
    return true;
  }

  /** Whether a value changed that is not a normal float, or that became none. */
  private boolean anySpecialChanged(int count) {
    long lastFinite = 0x7FEF_FFFF_FFFF_FFFFL;
    long smallestNormal = 0x0010_0000_0000_0000L;
    long negative = 0;
    for (int i = 0; i < count; i++) {
      long difference = before[i] ^ after[i];
      long magnitude = before[i] & Long.MAX_VALUE;
      long restored = after[i] & Long.MAX_VALUE;
      negative |=
          (difference | -difference)
              & ((magnitude - smallestNormal) | (lastFinite - magnitude) | (lastFinite - restored));
    }
    return negative < 0;
  }

  // Conditions are written so that NaN, the error of an infinity or a NaN, is not below a bound.

  private void findLargestAbsolute(
      double[] originals, int from, double[] restored, int at, int count) {
    for (int i = 0; i < count; i++) {
      double error = Math.abs(restored[at + i] - originals[from + i]);
      if (error > largestAbsolute) {
        largestAbsolute = error;
      }
    }
  }

  private void findLargestRelative(
      double[] originals, int from, double[] restored, int at, int count) {
    for (int i = 0; i < count; i++) {
      double error = Math.abs(restored[at + i] - originals[from + i]);
      double relative = error / Math.abs(originals[from + i]);
      if (relative > largestRelative && originals[from + i] != 0) {
        largestRelative = relative;
      }
    }
  }

  /**
   * Whether the last values' errors show that all of them keep either bound; a bound of 0 is none.
   */
  boolean provesWithin(double absolute, double relative) {
    return !special
        && (roughAbsolute < absolute * (1 - SLACK) || roughRelative < relative * (1 - SLACK));
  }

  /**
   * Whether all of the last values are what float truncation gives that clears some bits, at least
   * one.
   */
  boolean areTruncated(int cleared, int count) {
    long exponent = 0x7FF0_0000_0000_0000L;
    long kept = -1L << cleared;
    long half = 1L << (cleared - 1);
    long differences = 0;
    for (int i = 0; i < count; i++) {
      // As masks, for vectors: all ones where the value is finite, or where rounding is.
      long bits = before[i];
      long rounded = bits + half;
      long finite = ((bits & exponent) - exponent) >> 63;
      long roundedFinite = ((rounded & exponent) - exponent) >> 63;
      long truncated = (bits ^ ((bits ^ rounded) & roundedFinite)) & kept;
      long expected = bits ^ ((bits ^ truncated) & finite);
      differences |= expected ^ after[i];
    }
    return differences == 0;
  }

  /** The number of values that changed, of all added. */
  long changed() {
    return changed;
  }

  /** The largest error of all values added. */
  double largestAbsolute() {
    return largestAbsolute;
  }

  /** The largest error of all values added, relative to the original. */
  double largestRelative() {
    return largestRelative;
  }
}
