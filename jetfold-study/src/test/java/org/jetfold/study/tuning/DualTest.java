package org.jetfold.study.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

final class DualTest {
  private static final double STEP = 1e-6;

  /** Derivatives are those of differences, for every function and for chains of them. */
  @Test
  void derivativesAreLimitsOfDifferences() {
    List<UnaryOperator<Dual>> functions =
        List.of(
            Dual::squared,
            Dual::root,
            Dual::cosine,
            Dual::sinh,
            Dual::cosh,
            Dual::asinh,
            x -> x.times(3).plus(x.squared()),
            x -> x.cosine().over(x.squared().plus(x)),
            x -> x.sinh().minus(x.root()).times(x.asinh()));
    RandomCase.each(
        200,
        any -> {
          double at = any.between(0.2, 3.0);
          for (UnaryOperator<Dual> function : functions) {
            double slope = function.apply(Dual.variable(at, 0)).slopes()[0];
            double above = function.apply(Dual.variable(at + STEP, 0)).value();
            double below = function.apply(Dual.variable(at - STEP, 0)).value();
            double difference = (above - below) / (2 * STEP);
            assertThat(slope).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
          }
        });
  }

  @Test
  void variablesAreIndependent() {
    Dual product = Dual.variable(3, 0).times(Dual.variable(5, 1));
    assertThat(product.value()).isEqualTo(15);
    assertThat(product.slopes()).startsWith(5, 3, 0);
  }
}
