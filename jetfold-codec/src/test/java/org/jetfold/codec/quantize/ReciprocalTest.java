package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Multiplying by the reciprocal is dividing. */
class ReciprocalTest {
  @Test
  void ofAnyDivisor() {
    RandomCase.each(
        1000,
        any -> {
          long dividend = any.between(0, Long.MAX_VALUE);
          long divisor = any.between(1, 1L << 62);
          Reciprocal reciprocal = Reciprocal.of(divisor);
          assertThat(reciprocal.quotient(dividend)).isEqualTo(dividend / divisor);
          long multiple = dividend / divisor * divisor;
          assertThat(reciprocal.quotient(multiple)).isEqualTo(dividend / divisor);
          assertThat(reciprocal.quotient(Math.max(multiple - 1, 0)))
              .isEqualTo(Math.max(multiple - 1, 0) / divisor);
        });
  }

  @Test
  void ofSmallAndRoundDivisors() {
    RandomCase.each(
        1000,
        any -> {
          long dividend = any.between(0, Long.MAX_VALUE);
          long exponent = any.between(0, 62L);
          long small = any.between(1, 1000L);
          assertThat(Reciprocal.of(1L << exponent).quotient(dividend))
              .isEqualTo(dividend >>> exponent);
          assertThat(Reciprocal.of(small).quotient(dividend)).isEqualTo(dividend / small);
        });
  }
}
