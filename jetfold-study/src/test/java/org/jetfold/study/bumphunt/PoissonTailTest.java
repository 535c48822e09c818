package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.special.Gamma;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Tail probabilities against another implementation, and where that one gives nothing. */
class PoissonTailTest {
  @Test
  void isTheIncompleteGammaFunction() {
    RandomCase.each(
        1000,
        any -> {
          int n = any.between(1, 20_000);
          double part = any.between(0.5, 1.0);
          double mean = part * n;
          double p = Gamma.regularizedGammaP(n, mean);
          if (p > 1e-250) {
            assertThat(PoissonTail.logAtLeast(n, mean)).isCloseTo(Math.log(p), within(1e-9));
          }
        });
  }

  @Test
  void tellsProbabilitiesThatNoDoubleHolds() {
    // One event of mean 1e-400 would be that likely; of 200 events of mean 1e-3 the first term is
    // all that counts.
    double log = PoissonTail.logAtLeast(200, 1e-3);
    assertThat(log).isCloseTo(200 * Math.log(1e-3) - Gamma.logGamma(201), within(1e-2));
    assertThat(log).isLessThan(-2000);
  }
}
