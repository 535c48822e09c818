package org.jetfold.codec.quantize;

/**
 * The layout of an IEEE 754 float in its <em>magnitude</em>: its bits without the sign, as a
 * non-negative long.
 *
 * <p>Magnitudes are ordered as the absolute values are, and every quantizer is a monotone map on
 * them. Within a binade (one value of the exponent) a magnitude counts the binade's ulps.
 */
enum FloatLayout {
  FLOAT32(23, 8),
  FLOAT64(52, 11);

  private final int mantissaBits;
  private final int exponentBits;

  FloatLayout(int mantissaBits, int exponentBits) {
    this.mantissaBits = mantissaBits;
    this.exponentBits = exponentBits;
  }

  /** Stored bits of the mantissa; a binade has 2 to this power floats. */
  int mantissaBits() {
    return mantissaBits;
  }

  /** The magnitude of the smallest normal float; smaller ones are subnormal, or zero. */
  long smallestNormal() {
    return 1L << mantissaBits;
  }

  /** The magnitude of infinity; larger ones are NaNs. */
  long infinity() {
    return ((1L << exponentBits) - 1) << mantissaBits;
  }

  /** The largest magnitude: the NaN whose payload is all ones. */
  long largest() {
    return (1L << (mantissaBits + exponentBits)) - 1;
  }

  /** The number of binades of normal floats. */
  int binades() {
    return (1 << exponentBits) - 2;
  }

  /** The smallest subnormal is 2 to this power. */
  int lowestUlpExponent() {
    return 2 - (1 << (exponentBits - 1)) - mantissaBits;
  }

  /** The ulp of the topmost binade is 2 to this power. */
  int highestUlpExponent() {
    return (1 << (exponentBits - 1)) - 1 - mantissaBits;
  }
}
