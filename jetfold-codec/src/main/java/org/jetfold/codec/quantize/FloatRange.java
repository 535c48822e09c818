package org.jetfold.codec.quantize;

/**
 * The least and the greatest of FLOAT32 values, those that are not NaN, in the order −∞ … −0, +0 …
 * +∞; and how many are NaN. Not thread-safe.
 */
public final class FloatRange {
  private static final int INFINITY = 0x7F80_0000;

  private final int[] chunk;

  // As ordinals.
  private int least = Integer.MAX_VALUE;
  private int greatest = Integer.MIN_VALUE;
  private int nans;

  /** The range of the first {@code count} values. */
  public FloatRange(float[] values, int count) {
    chunk = new int[Math.min(count, Workspace.CHUNK)];
    BitPatterns bitPatterns = new BitPatterns(count);
    for (int from = 0; from < count; from += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - from);
      bitPatterns.copy(values, from, chunk, 0, length);
      include(length);
    }
  }

  private void include(int length) {
    int withoutNan = 0;
    for (int i = 0; i < length; i++) {
      withoutNan |= INFINITY - (chunk[i] & Integer.MAX_VALUE);
    }
    if (withoutNan < 0) {
      includeNumbers(length);
      return;
    }
    int lowest = least;
    int highest = greatest;
    // Without a condition: only so is it turned into vector code.
    for (int i = 0; i < length; i++) {
      int ordinal = chunk[i] ^ ((chunk[i] >> 31) & Integer.MAX_VALUE);
      lowest = Math.min(lowest, ordinal);
      highest = Math.max(highest, ordinal);
    }
    least = lowest;
    greatest = highest;
  }

  private void includeNumbers(int length) {
    for (int i = 0; i < length; i++) {
      if ((chunk[i] & Integer.MAX_VALUE) <= INFINITY) {
        int ordinal = chunk[i] ^ ((chunk[i] >> 31) & Integer.MAX_VALUE);
        least = Math.min(least, ordinal);
        greatest = Math.max(greatest, ordinal);
      } else {
        nans++;
      }
    }
  }

  /** How many values are NaN. */
  public int nans() {
    return nans;
  }

  /** Whether all values are NaN, or there are none. */
  public boolean isEmpty() {
    return least > greatest;
  }

  /** The least; of no use where there is none. */
  public float least() {
    return Ordinals.toFloat(least);
  }

  /** The greatest; of no use where there is none. */
  public float greatest() {
    return Ordinals.toFloat(greatest);
  }
}
