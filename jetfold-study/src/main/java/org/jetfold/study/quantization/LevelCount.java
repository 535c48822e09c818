package org.jetfold.study.quantization;

import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * Counts the levels o + kΔ₁ (k any integer) of a uniform grid in a half-open bin, in exact
 * arithmetic. With z the bin's lower edge and Δ₂ its width,
 *
 * <pre>n(z) = ⌈(z + Δ₂ − o)/Δ₁⌉ − ⌈(z − o)/Δ₁⌉,</pre>
 *
 * which is ⌊Δ₂/Δ₁⌋ or ⌈Δ₂/Δ₁⌉. Where Δ₂/Δ₁ = p/q in lowest terms, q bins in a row have p levels
 * together, and the pattern starts again.
 *
 * @param step Δ₁, above 0
 * @param offset o, any of the levels
 */
record LevelCount(BigFraction step, BigFraction offset) {
  /** The number k of the smallest level that is not below a value. */
  BigInteger firstAtOrAbove(BigFraction value) {
    BigFraction k = value.subtract(offset).divide(step);
    BigInteger[] parts = k.getNumerator().divideAndRemainder(k.getDenominator());
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /** n(z) for the bin z ≤ x &lt; z + Δ₂. */
  long inBin(BigFraction z, BigFraction width) {
    return firstAtOrAbove(z.add(width)).subtract(firstAtOrAbove(z)).longValueExact();
  }

  /** After how many bins of a width the counts repeat: the denominator of Δ₂/Δ₁. */
  BigInteger period(BigFraction width) {
    return width.divide(step).getDenominator();
  }
}
