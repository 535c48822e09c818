package org.jetfold.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Histograms that find their own axes. */
final class HistogramTest {
  @Tag("slow")
  @Test
  void everyValueIsBetweenTheEdgesOfItsBin() {
    RandomCase.each(
        300,
        any -> {
          double[] values = any.numbers(0, 30);
          LinearHistogram linear = new LinearHistogram();
          LogHistogram log = new LogHistogram();
          for (double value : values) {
            linear.add(value, 1);
            log.add(Math.abs(value), 1);
          }
          assertCounts(linear, values);
          double[] sizes =
              Arrays.stream(values).map(Math::abs).map(v -> Math.min(v, 0x1.fffffep127)).toArray();
          assertCounts(log, sizes);
        });
  }

  private static void assertCounts(Histogram histogram, double[] values) {
    for (int bin = 0; bin < histogram.bins(); bin++) {
      int expected = 0;
      for (double value : values) {
        expected += value >= histogram.edge(bin) && value < histogram.edge(bin + 1) ? 1 : 0;
      }
      assertThat(histogram.weight(bin)).as("bin %d", bin).isEqualTo(expected);
    }
  }

  @Tag("slow")
  @Test
  void mergingIsTheSameInAnyOrder() {
    RandomCase.each(
        1000,
        any -> {
          double[] some = any.numbers(0, 20);
          double[] others = any.numbers(0, 20);
          LinearHistogram together = new LinearHistogram();
          LinearHistogram first = filled(some);
          LinearHistogram second = filled(others);
          for (double value : others) {
            together.add(value, 1);
          }
          for (double value : some) {
            together.add(value, 1);
          }
          first.merge(second);
          for (int bin = 0; bin < together.bins(); bin++) {
            assertThat(first.weight(bin)).isEqualTo(together.weight(bin));
            assertThat(first.edge(bin)).isEqualTo(together.edge(bin));
          }
        });
  }

  private static LinearHistogram filled(double[] values) {
    LinearHistogram histogram = new LinearHistogram();
    for (double value : values) {
      histogram.add(value, 1);
    }
    return histogram;
  }

  @Test
  void aNegativeValueFarBelowTheBinsWidthIsBelowZero() {
    LinearHistogram histogram = new LinearHistogram();
    histogram.add(Double.MAX_VALUE, 1);
    histogram.add(-Double.MIN_VALUE, 1);
    histogram.add(Double.MIN_VALUE, 1);
    int zero = histogram.bins() / 2;
    assertThat(histogram.edge(zero)).isZero();
    assertThat(histogram.weight(zero - 1)).isEqualTo(1);
    assertThat(histogram.weight(zero)).isEqualTo(1);
  }

  @Test
  void errorsAreRootsOfSquaredWeights() {
    LogHistogram histogram = new LogHistogram();
    double weights = 0;
    double squares = 0;
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double weight = random.nextDouble() - 0.3;
      histogram.add(1.01, weight);
      weights += weight;
      squares += weight * weight;
    }
    int bin = 0;
    while (histogram.edge(bin + 1) <= 1.01) {
      bin++;
    }
    assertThat(histogram.weight(bin)).isEqualTo(weights);
    assertThat(histogram.squaredWeight(bin)).isEqualTo(squares);
  }
}
