package org.jetfold.tables.arrays;

import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Where a float's sign, exponent and mantissa are among its bits. The mantissa has an implied
 * leading one, and the largest exponent means infinity or NaN, as in IEEE 754.
 *
 * @param signAt the sign's bit, counted from the least significant
 * @param exponentAt the exponent's lowest bit
 * @param exponentBits the exponent's width
 * @param mantissaAt the mantissa's lowest bit
 * @param mantissaBits the mantissa's width
 * @param bias what is taken off the exponent
 */
public record FloatLayout(
    int signAt, int exponentAt, int exponentBits, int mantissaAt, int mantissaBits, int bias) {
  /** IEEE 754 binary16. */
  public static final FloatLayout HALF = new FloatLayout(15, 10, 5, 0, 10, 15);

  /** IEEE 754 binary32. */
  public static final FloatLayout SINGLE = new FloatLayout(31, 23, 8, 0, 23, 127);

  /** IEEE 754 binary64. */
  public static final FloatLayout DOUBLE = new FloatLayout(63, 52, 11, 0, 52, 1023);

  /** The narrowest column type that holds every such float exactly; null where none does. */
  @Nullable ValueType valueType() {
    if (fits(8, 23, 127)) {
      return ValueType.FLOAT32;
    }
    return fits(11, 52, 1023) ? ValueType.FLOAT64 : null;
  }

  /** Whether floats of another layout hold these, from the greatest to the smallest subnormal. */
  private boolean fits(int wideExponent, int wideMantissa, int wideBias) {
    return exponentBits >= 2
        && exponentBits <= wideExponent
        && mantissaBits >= 1
        && mantissaBits <= wideMantissa
        && (1 << exponentBits) - 2 - bias <= (1 << wideExponent) - 2 - wideBias
        && 1 - bias - mantissaBits >= 1 - wideBias - wideMantissa
        && bias >= 0;
  }

  /** The float with some bits, as a float32; exact where {@link #valueType} says so. */
  float toFloat(long bits) {
    long mantissa = mantissa(bits);
    if (exponent(bits) == exponentMask()) {
      // Moved as bits: arithmetic would make a signalling NaN quiet.
      return Float.intBitsToFloat(
          (int) (sign(bits) << 31 | 0x7F80_0000L | mantissa << (23 - mantissaBits)));
    }
    return (float) finite(bits);
  }

  /** The float with some bits, as a float64; exact where {@link #valueType} says so. */
  double toDouble(long bits) {
    long mantissa = mantissa(bits);
    if (exponent(bits) == exponentMask()) {
      return Double.longBitsToDouble(
          sign(bits) << 63 | 0x7FFL << 52 | mantissa << (52 - mantissaBits));
    }
    return finite(bits);
  }

  private double finite(long bits) {
    int exponent = exponent(bits);
    long mantissa = mantissa(bits);
    double magnitude =
        exponent == 0
            ? Math.scalb((double) mantissa, 1 - bias - mantissaBits)
            : Math.scalb((double) (mantissa | 1L << mantissaBits), exponent - bias - mantissaBits);
    return sign(bits) == 0 ? magnitude : -magnitude;
  }

  private long sign(long bits) {
    return bits >>> signAt & 1;
  }

  private int exponentMask() {
    return (1 << exponentBits) - 1;
  }

  private int exponent(long bits) {
    return (int) (bits >>> exponentAt) & exponentMask();
  }

  private long mantissa(long bits) {
    return bits >>> mantissaAt & ((1L << mantissaBits) - 1);
  }
}
