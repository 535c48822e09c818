package org.jetfold.codec.quantize;

import java.math.BigDecimal;

/**
 * The multiples of a decimal number, a whole number of units of a power of ten, as doubles: each is
 * the double nearest to the number itself, since numerator and denominator are doubles exactly and
 * a division of doubles is rounded correctly.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class DecimalGrid {
  /** The largest power of ten that is a double exactly. */
  static final int MAX_DIGITS = 22;

  private final double numerator;
  private final double denominator;

  private DecimalGrid(double numerator, double denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** The multiples of 10 to the power of minus {@code digits}, 0 to {@value #MAX_DIGITS}. */
  static DecimalGrid ofDigits(int digits) {
    return new DecimalGrid(1, powerOfTen(digits));
  }

  /**
   * The multiples of a decimal number that {@link org.jetfold.codec.precision.Precision} allows.
   */
  static DecimalGrid ofStep(BigDecimal step) {
    int digits = step.scale();
    double unscaled = step.unscaledValue().doubleValue();
    return digits >= 0
        ? new DecimalGrid(unscaled, powerOfTen(digits))
        : new DecimalGrid(unscaled * powerOfTen(-digits), 1);
  }

  private static double powerOfTen(int digits) {
    return BigDecimal.ONE.scaleByPowerOfTen(digits).doubleValue();
  }

  /** The whole number of units that a step is. */
  double numerator() {
    return numerator;
  }

  /** The power of ten that a unit is one part of. */
  double denominator() {
    return denominator;
  }

  /** The double nearest to the step. */
  double step() {
    return numerator / denominator;
  }

  /** The double nearest to a multiple. The number times the numerator is below 2^53. */
  double valueOf(double number) {
    return number * numerator / denominator;
  }

  /**
   * Whether a value is at least half-way between two multiples; decided exactly.
   *
   * @param value at least 0
   * @param number of the lower multiple; twice it and one, times the numerator, is below 2^53
   */
  boolean isAtLeastHalfWayAbove(double value, double number) {
    double dividend = (2 * number + 1) * numerator;
    double half = dividend / (2 * denominator);
    // The rest of a division that was rounded is a double, so its sign is right.
    return value != half ? value > half : Math.fma(half, 2 * denominator, -dividend) >= 0;
  }
}
