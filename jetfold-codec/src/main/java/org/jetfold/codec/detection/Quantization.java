package org.jetfold.codec.detection;

import org.jetfold.codec.text.Quantities;

/** How the values of a column were quantized before, as far as they tell. */
public sealed interface Quantization {
  /** Not at all, or too few values are there to tell. */
  record None() implements Quantization {
    @Override
    public String toString() {
      return "not quantized";
    }
  }

  /**
   * To fewer mantissa bits.
   *
   * @param bits that are left
   */
  record Truncated(int bits) implements Quantization {
    @Override
    public String toString() {
      return "truncated to " + Quantities.count(bits, "bit");
    }
  }

  /**
   * To offset + k·step, and then stored as the nearest float.
   *
   * @param step above 0
   * @param offset at least 0 and below the step
   */
  record Grid(double step, double offset) implements Quantization {
    @Override
    public String toString() {
      return offset == 0
          ? "rounded to multiples of %s".formatted(text(step))
          : "rounded to %s + multiples of %s".formatted(text(offset), text(step));
    }

    private static String text(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }
}
