package org.jetfold.study.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BinningPullsTest {
  private static final int VALUES = 50_000;

  private interface Restoring {
    double of(double value, double random);
  }

  /** A falling spectrum above a threshold, as of jets. */
  private static BinningPulls.Pulls pulls(double weight, Restoring restoring) {
    Random random = new Random(3);
    BinningPulls pulls = new BinningPulls(VALUES);
    for (int i = 0; i < VALUES; i++) {
      double value = 20 * Math.exp(random.nextDouble() * random.nextDouble() * 3);
      pulls.add(value, restoring.of(value, random.nextDouble()), weight);
    }
    return pulls.pulls();
  }

  @Test
  void whatIsTheSameHasNone() {
    BinningPulls.Pulls pulls = pulls(1, (value, random) -> value);
    assertThat(pulls.rms()).isZero();
    assertThat(pulls.largest()).isZero();
    assertThat(pulls.bins()).isGreaterThan(1000);
    assertThat(pulls.values()).isEqualTo(VALUES);
  }

  @Test
  void levelsShowInSomeBinsAndNoiseDoesNot() {
    double step = 0.5;
    double levels = pulls(1, (value, random) -> step * Math.rint(value / step)).rms();
    double noise = pulls(1, (value, random) -> value + step * (random - 0.5)).rms();
    assertThat(levels).isGreaterThan(3);
    assertThat(noise).isLessThan(1);
  }

  /** Each value becomes another of the same spectrum: two independent counts in each bin. */
  @Test
  void anotherSampleHasThePullOfChance() {
    double rms =
        pulls(
                1,
                (value, random) ->
                    20 * Math.exp(random * new Random(Double.hashCode(value)).nextDouble() * 3))
            .rms();
    assertThat(rms).isCloseTo(Math.sqrt(2), within(0.15));
  }

  @Test
  void aCommonWeightChangesNothing() {
    Restoring coarse = (value, random) -> Math.rint(value);
    BinningPulls.Pulls weighted = pulls(3, coarse);
    assertThat(weighted.rms()).isCloseTo(pulls(1, coarse).rms(), within(1e-9));
    assertThat(weighted.weighted()).isTrue();
  }

  @Test
  void fewOrOddValuesAreNoError() {
    BinningPulls none = new BinningPulls(10);
    assertThat(none.pulls().rms()).isZero();
    BinningPulls few = new BinningPulls(10);
    few.add(1, 2, 1);
    assertThat(few.pulls().rms()).isNaN();
    BinningPulls odd = new BinningPulls(1000);
    double[] values = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1, 1, 1};
    for (int i = 0; i < 800; i++) {
      odd.add(values[i % values.length], values[i % values.length], i % 3);
    }
    assertThat(odd.pulls().rms()).isZero();
    assertThat(odd.pulls().values()).isEqualTo(800);
  }

  @Test
  void keepsTheFirst() {
    BinningPulls limited = new BinningPulls(100);
    for (int i = 0; i < 1000; i++) {
      limited.add(i, i + (i > 500 ? 1 : 0), 1);
    }
    assertThat(limited.pulls().values()).isEqualTo(100);
  }
}
