package org.jetfold.root.write;

/**
 * Equally spaced floats, which a column keeps as whole numbers of few bits ({@code Real32Quant}):
 * {@code (first + i)·step} for i from 0 to before 2^bits.
 *
 * @param step has at most 9 significant bits, so that every product is exact
 * @param first the number of the lowest step, from −2^15 to 2^15
 * @param bits from 1 to 16
 */
public record FloatGrid(double step, int first, int bits) {
  private static final int STEP_BITS = 9;
  private static final int MAX_STEPS = 1 << 15;
  private static final int MAX_BITS = 16;

  /** Checks that every float of the grid is exact. */
  public FloatGrid {
    double scaled = Math.scalb(step, STEP_BITS - 1 - Math.getExponent(step));
    if (!(step > 0) || scaled != Math.rint(scaled)) {
      throw new IllegalArgumentException(
          "a step must be positive and have at most %d bits, was %s".formatted(STEP_BITS, step));
    }
    if (bits < 1 || bits > MAX_BITS || first < -MAX_STEPS || first > MAX_STEPS) {
      throw new IllegalArgumentException(
          "a grid has 1 to %d bits and begins within %d steps of 0, but here %d and %d"
              .formatted(MAX_BITS, MAX_STEPS, bits, first));
    }
  }

  /** The lowest float. */
  double minimum() {
    return first * step;
  }

  /** The highest float. */
  double maximum() {
    return (first + (1 << bits) - 1) * step;
  }

  /**
   * The place of a float on the grid.
   *
   * @throws IllegalArgumentException where it is not on it
   */
  int place(float value) {
    double place = Math.rint(value / step) - first;
    boolean on =
        place >= 0
            && place < 1 << bits
            && Float.floatToRawIntBits((float) ((first + (int) place) * step))
                == Float.floatToRawIntBits(value);
    if (!on) {
      throw new IllegalArgumentException("%s is not on the grid %s".formatted(value, this));
    }
    return (int) place;
  }
}
