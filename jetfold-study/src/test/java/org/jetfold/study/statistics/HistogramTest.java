package org.jetfold.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Histograms that find their own axes. */
final class HistogramTest {
  @Property
  void everyValueIsBetweenTheEdgesOfItsBin(@ForAll @Size(max = 30) double[] values) {
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

  @Property
  void mergingIsTheSameInAnyOrder(
      @ForAll @Size(max = 20) double[] some, @ForAll @Size(max = 20) double[] others) {
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
  }

  private static LinearHistogram filled(double[] values) {
    LinearHistogram histogram = new LinearHistogram();
    for (double value : values) {
      histogram.add(value, 1);
    }
    return histogram;
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
