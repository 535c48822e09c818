package org.jetfold.codec.precision;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jetfold.codec.table.ValueType;

/**
 * How far values may be from what they once were: |restored − original| ≤ absolute + relative ·
 * |original|, in exact arithmetic. Unlike a {@link Precision}, losses can be added up.
 *
 * @param relative at least 0; infinite where nothing is known
 * @param absolute in the column's unit, at least 0; infinite where nothing is known
 */
public record Loss(double relative, double absolute) {
  /** Nothing is lost. */
  public static final Loss NONE = new Loss(0, 0);

  /** Nothing is known of what was lost. */
  public static final Loss UNKNOWN = new Loss(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Relative bounds do not hold for subnormal floats; what is lost of these is not told. */
  private static final double SUBNORMAL = Float.MIN_NORMAL;

  private static final int SHOWN_DIGITS = 6;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one is negative or not a number
   */
  public Loss {
    if (!(relative >= 0) || !(absolute >= 0)) {
      throw new IllegalArgumentException(
          "a loss must be at least 0, was %s and %s".formatted(relative, absolute));
    }
  }

  /** What values of a type may lose under a precision. */
  public static Loss of(Precision precision, ValueType type) {
    return switch (precision.promise()) {
      case Precision.Exact() -> NONE;
      case Precision.Bits(int bits) -> ofTruncation(bits, type);
      case Precision.Relative(double bound) -> new Loss(bound, 0);
      case Precision.Absolute(double bound) -> new Loss(0, bound);
      case Precision.Step(BigDecimal step) -> ofStep(step.doubleValue(), type);
      case Precision.Measured unused -> UNKNOWN;
      case Precision.Scaled unused -> UNKNOWN;
      case Precision.Dithered unused ->
          throw new IllegalStateException("a promise is not dithered");
    };
  }

  /** Half a step: relative for normal floats, absolute for subnormal ones. */
  private static Loss ofTruncation(int bits, ValueType type) {
    boolean single = type == ValueType.FLOAT32;
    int stored = single ? Precision.Bits.MAX_FOR_FLOAT32 : Precision.Bits.MAX_FOR_FLOAT64;
    if (bits >= stored) {
      return NONE;
    }
    double smallest = single ? Float.MIN_VALUE : Double.MIN_VALUE;
    return new Loss(Math.scalb(1.0, -bits - 1), Math.scalb(smallest, stored - bits - 1));
  }

  /** Half a step, and half an ulp of what comes back, which is told by the original; rounded up. */
  private static Loss ofStep(double step, ValueType type) {
    int stored =
        type == ValueType.FLOAT32 ? Precision.Bits.MAX_FOR_FLOAT32 : Precision.Bits.MAX_FOR_FLOAT64;
    double halfUlp = Math.scalb(1.0, -stored - 1);
    double more = 1 + 4 * halfUlp;
    return new Loss(halfUlp * more, step / 2 * more);
  }

  /** Whether nothing is lost. */
  public boolean isNone() {
    return relative == 0 && absolute == 0;
  }

  /** Whether nothing is known of what was lost. */
  public boolean isUnknown() {
    return Double.isInfinite(relative) || Double.isInfinite(absolute);
  }

  /** What is lost where values that lost this lose something more. Rounded up. */
  public Loss then(Loss next) {
    if (isUnknown() || next.isUnknown()) {
      return UNKNOWN;
    }
    BigDecimal first = new BigDecimal(relative);
    BigDecimal second = new BigDecimal(next.relative);
    BigDecimal both = first.add(second).add(first.multiply(second));
    BigDecimal offset =
        new BigDecimal(absolute)
            .multiply(BigDecimal.ONE.add(second))
            .add(new BigDecimal(next.absolute));
    return new Loss(roundedUp(both), roundedUp(offset));
  }

  /** The smallest loss that is not below this one nor another. */
  public Loss orLarger(Loss other) {
    return new Loss(Math.max(relative, other.relative), Math.max(absolute, other.absolute));
  }

  private static double roundedUp(BigDecimal number) {
    double rounded = number.doubleValue();
    return Double.isInfinite(rounded) || new BigDecimal(rounded).compareTo(number) >= 0
        ? rounded
        : Math.nextUp(rounded);
  }

  /** For people: {@code rel:0.004}, {@code abs:0.001}, or both with a plus between them. */
  @Override
  public String toString() {
    if (isUnknown()) {
      return "unknown";
    }
    String offset = "abs:" + shown(absolute);
    if (relative == 0) {
      return absolute == 0 ? "none" : offset;
    }
    String share = "rel:" + shown(relative);
    return absolute < SUBNORMAL ? share : share + " + " + offset;
  }

  /** A sum may have many digits; of these a few are shown, rounded up. */
  private static String shown(double bound) {
    MathContext digits = new MathContext(SHOWN_DIGITS, RoundingMode.CEILING);
    return DecimalText.text(BigDecimal.valueOf(bound).round(digits).doubleValue());
  }
}
