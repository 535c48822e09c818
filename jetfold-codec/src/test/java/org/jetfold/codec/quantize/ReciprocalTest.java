package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Multiplying by the reciprocal is dividing. */
class ReciprocalTest {
  @Property
  void ofAnyDivisor(
      @ForAll @LongRange(min = 0) long dividend,
      @ForAll @LongRange(min = 1, max = 1L << 62) long divisor) {
    Reciprocal reciprocal = Reciprocal.of(divisor);
    assertThat(reciprocal.quotient(dividend)).isEqualTo(dividend / divisor);
    long multiple = dividend / divisor * divisor;
    assertThat(reciprocal.quotient(multiple)).isEqualTo(dividend / divisor);
    assertThat(reciprocal.quotient(Math.max(multiple - 1, 0)))
        .isEqualTo(Math.max(multiple - 1, 0) / divisor);
  }

  @Property
  void ofSmallAndRoundDivisors(
      @ForAll @LongRange(min = 0) long dividend,
      @ForAll @LongRange(min = 0, max = 62) long exponent,
      @ForAll @LongRange(min = 1, max = 1000) long small) {
    assertThat(Reciprocal.of(1L << exponent).quotient(dividend)).isEqualTo(dividend >>> exponent);
    assertThat(Reciprocal.of(small).quotient(dividend)).isEqualTo(dividend / small);
  }
}
