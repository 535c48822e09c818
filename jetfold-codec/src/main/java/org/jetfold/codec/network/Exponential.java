package org.jetfold.codec.network;

/**
 * 2<sup>y</sup> in float arithmetic, the same bits everywhere and never falling when y rises.
 *
 * <p>y = n + r with an integer n and 0 ≤ r ≤ 1; 2<sup>r</sup> is a polynomial with positive
 * coefficients, evaluated by Horner's rule. Every step of that is a rounded monotone operation on
 * non-negative numbers, hence monotone itself; its value at r = 1 is held to at most 2, where the
 * next n begins. Relative error below 1.1·10⁻⁵ for |y| ≤ 126, beyond which y is clamped; it is
 * reached just below integers, where the cut rounds up.
 */
public final class Exponential {
  /** Arguments are clamped to ± this. */
  static final float LIMIT = 126;

  /** Added before an argument is cut to an integer, so that cutting is rounding down. */
  static final float OFFSET = 256;

  /** What takes the cut argument to the exponent field of a float. */
  static final int BIAS = 256 - 127;

  // 2^r on [0, 1] with the ends exact: a weighted least squares fit with the largest relative error
  // 2.2e-9, all coefficients positive.
  static final float C1 = 0.693147f;
  static final float C2 = 0.24022952f;
  static final float C3 = 0.055484153f;
  static final float C4 = 0.009678064f;
  static final float C5 = 0.0012440877f;
  static final float C6 = 2.1715024e-04f;

  private Exponential() {}

  /**
   * 2<sup>y</sup>; of NaN, that of the lower clamp.
   *
   * @param fma how a fused multiply-add is done
   */
  static float power(float y, Fma fma) {
    float clamped = y > -LIMIT ? Math.min(y, LIMIT) : -LIMIT;
    int cut = (int) (clamped + OFFSET);
    float r = Math.min(Math.max(clamped - (cut - (int) OFFSET), 0f), 1f);
    float p = fma.of(C6, r, C5);
    p = fma.of(p, r, C4);
    p = fma.of(p, r, C3);
    p = fma.of(p, r, C2);
    p = fma.of(p, r, C1);
    p = Math.min(fma.of(p, r, 1f), 2f);
    return p * Float.intBitsToFloat((cut - BIAS) << 23);
  }
}
