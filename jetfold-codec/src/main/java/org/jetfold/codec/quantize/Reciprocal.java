package org.jetfold.codec.quantize;

/**
 * Exact division of a non-negative long by a constant, as a multiplication.
 *
 * <p>With 2^(s−1) &lt; divisor ≤ 2^s and multiplier = ⌈2^(63+s) / divisor⌉, which is below 2^64,
 * the error multiplier·divisor − 2^(63+s) is below 2^s. For 0 ≤ n &lt; 2^63 therefore n·multiplier
 * / 2^(63+s) exceeds n / divisor by less than 1 / divisor, and has the same floor (Granlund and
 * Montgomery 1994).
 *
 * @param multiplier unsigned
 * @param shift s
 */
record Reciprocal(long multiplier, int shift) {
  /** The reciprocal of a divisor from 1 to 2^62. */
  static Reciprocal of(long divisor) {
    int shift = 64 - Long.numberOfLeadingZeros(divisor - 1);
    long multiplier =
        java.math.BigInteger.ONE
            .shiftLeft(63 + shift)
            .add(java.math.BigInteger.valueOf(divisor - 1))
            .divide(java.math.BigInteger.valueOf(divisor))
            .longValue();
    return new Reciprocal(multiplier, shift);
  }

  /** ⌊n / divisor⌋ for n ≥ 0. */
  long quotient(long n) {
    return Math.unsignedMultiplyHigh(n << 1, multiplier) >>> shift;
  }
}
