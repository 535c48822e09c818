package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** Tail probabilities against another implementation, and where that one gives nothing. */
class PoissonTailTest {
  @Property
  void isTheIncompleteGammaFunction(
      @ForAll @IntRange(min = 1, max = 20_000) int n,
      @ForAll @DoubleRange(min = 0.5, max = 1) double part) {
    double mean = part * n;
    double p = Gamma.regularizedGammaP(n, mean);
    if (p > 1e-250) {
      assertThat(PoissonTail.logAtLeast(n, mean)).isCloseTo(Math.log(p), within(1e-9));
    }
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
