package org.jetfold.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Means and deviations against numpy, exact arithmetic and closed forms. */
@Tag("slow")
final class MomentsTest {
  @Test
  void agreesWithNumpy() throws IOException {
    Random random = new Random(3);
    double[] values = random.doubles(5000, -3, 10).toArray();
    double[] weights = random.doubles(5000, 0, 2).toArray();
    double[] numpy =
        Numpy.numbers(
            values,
            weights,
            "mean = np.average(x, weights=w)",
            "print(repr(float(mean)), np.sqrt(np.average(x*x, weights=w)).item(),"
                + " np.sqrt(np.average((x-mean)**2, weights=w)).item(), np.abs(x).max().item(),"
                + " (w.sum()**2/(w*w).sum()).item())");
    Moments moments = new Moments();
    for (int i = 0; i < values.length; i++) {
      moments.add(values[i], weights[i]);
    }
    assertThat(moments.mean()).isCloseTo(numpy[0], within(1e-13));
    assertThat(moments.rms()).isCloseTo(numpy[1], within(1e-13));
    assertThat(moments.deviation()).isCloseTo(numpy[2], within(1e-13));
    assertThat(moments.largest()).isEqualTo(numpy[3]);
    assertThat(moments.effectiveCount()).isCloseTo(numpy[4], within(1e-8));
  }

  @Test
  void sumsOfHostileValuesAreExactWhateverTheOrder() {
    // Cancels down to the small values, which a plain sum loses.
    double[] values = new double[3000];
    Random random = new Random(5);
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < values.length; i += 3) {
      values[i] = 1e15 * random.nextGaussian();
      values[i + 1] = -values[i];
      values[i + 2] = random.nextDouble();
      exact = exact.add(new BigDecimal(values[i + 2]));
    }
    for (int order = 0; order < 5; order++) {
      PreciseSum whole = new PreciseSum();
      PreciseSum part = new PreciseSum();
      for (int i = 0; i < values.length; i++) {
        int j = Math.floorMod(i * 1009 + order * 77, values.length);
        (random.nextBoolean() ? whole : part).add(values[j]);
      }
      whole.merge(part);
      assertThat(whole.value()).isCloseTo(exact.doubleValue(), within(1e-10));
    }
  }

  @Test
  void uniformQuantizationHasTheDeviationOfTheBook() {
    Moments moments = new Moments();
    int steps = 100_000;
    for (int i = 0; i < steps; i++) {
      moments.add((i + 0.5) / steps - 0.5, 1);
    }
    assertThat(moments.deviation()).isCloseTo(1 / Math.sqrt(12), within(1e-9));
    assertThat(moments.mean()).isCloseTo(0, within(1e-17));
  }

  /** Of a uniform distribution s·√(0.2/n), also far from zero; of a constant 0. */
  @Test
  void theDeviationHasAnError() {
    for (double shift : new double[] {0, 3}) {
      Moments moments = new Moments();
      int steps = 10_000;
      for (int i = 0; i < steps; i++) {
        moments.add(shift + (i + 0.5) / steps, 2);
      }
      assertThat(moments.errorOfDeviation()).isCloseTo(Math.sqrt(0.2 / steps / 12), within(1e-7));
    }
    Moments constant = new Moments();
    constant.add(0.002, 1);
    constant.add(0.002, 1);
    assertThat(constant.errorOfDeviation()).isCloseTo(0, within(1e-9));
  }

  @Test
  void nothingHasNoMean() {
    assertThat(new Moments().mean()).isNaN();
    assertThat(new Moments().rms()).isNaN();
  }
}
