package org.jetfold.codec.network;

/**
 * The hyperbolic tangent in float arithmetic, the same bits everywhere.
 *
 * <p>x·P(x²)/Q(x²) with polynomials of degrees 5 and 3, fitted by iterated weighted least squares
 * to the smallest relative error on |x| ≤ 9.1 (6.5·10⁻⁸ before rounding); arguments beyond are held
 * to ±9, results to ±1. With all roundings the error is below 4·10⁻⁷.
 */
final class HyperbolicTangent {
  /** From here on the result is 1 in float arithmetic. */
  static final float LIMIT = 9;

  static final float P0 = 0.99999994f;
  static final float P1 = 0.12912953f;
  static final float P2 = 0.0029140243f;
  static final float P3 = 9.2062255e-06f;
  static final float P4 = -1.2598799e-08f;
  static final float P5 = 1.7797326e-11f;
  static final float Q1 = 0.4624623f;
  static final float Q2 = 0.02373556f;
  static final float Q3 = 0.00022717057f;

  private HyperbolicTangent() {}

  /**
   * tanh x; of NaN, that of the lower limit.
   *
   * @param fma how a fused multiply-add is done
   */
  static float of(float x, Fma fma) {
    float held = x > -LIMIT ? Math.min(x, LIMIT) : -LIMIT;
    float z = held * held;
    float p = fma.of(P5, z, P4);
    p = fma.of(p, z, P3);
    p = fma.of(p, z, P2);
    p = fma.of(p, z, P1);
    p = fma.of(p, z, P0);
    float q = fma.of(Q3, z, Q2);
    q = fma.of(q, z, Q1);
    q = fma.of(q, z, 1f);
    return Math.max(-1f, Math.min(1f, held * p / q));
  }
}
