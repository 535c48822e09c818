package org.jetfold.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sketch against all values sorted: its ranks are never farther off than it says. */
final class QuantileSketchTest {
  private static final double[] PARTS = {0, 1e-4, 0.05, 0.5, 0.68, 0.95, 0.99, 0.999, 0.99999, 1};

  enum Order {
    RANDOM(_ -> Double.NaN),
    RISING(i -> i),
    FALLING(i -> 1e7 - i),
    ALTERNATING(i -> i % 2 == 0 ? i : 1e7 - i),
    TIED(i -> i % 7),
    MOSTLY_ZERO(i -> i % 100 == 0 ? i : 0);

    private final IntToDoubleFunction value;

    Order(IntToDoubleFunction value) {
      this.value = value;
    }

    double[] values(int count, Random random) {
      double[] values = new double[count];
      Arrays.setAll(
          values,
          i -> {
            double own = value.applyAsDouble(i);
            return (float) (Double.isNaN(own) ? Math.abs(random.nextGaussian()) : own);
          });
      return values;
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void ranksStayWithinTheStatedError(Order order) {
    Random random = new Random(11);
    double[] values = order.values(1_500_000, random);
    double[] weights = random.doubles(values.length, 0, 3).toArray();
    QuantileSketch whole = new QuantileSketch();
    QuantileSketch[] parts = {new QuantileSketch(), new QuantileSketch(), new QuantileSketch()};
    for (int i = 0; i < values.length; i++) {
      whole.add(values[i], weights[i]);
      parts[i / 7 % 3].add(values[i], weights[i]);
    }
    parts[0].merge(parts[1]);
    parts[2].merge(parts[0]);
    check(whole, values, weights);
    check(parts[2], values, weights);
    assertThat(whole.entries()).isLessThan(400_000);
  }

  private static void check(QuantileSketch sketch, double[] values, double[] weights) {
    assertThat(sketch.rankError()).isLessThanOrEqualTo(QuantileSketch.RANK_ERROR);
    double total = Arrays.stream(weights).sum();
    for (double part : PARTS) {
      double quantile = sketch.quantile(part);
      double below = 0;
      double upTo = 0;
      for (int i = 0; i < values.length; i++) {
        below += values[i] < quantile ? weights[i] : 0;
        upTo += values[i] <= quantile ? weights[i] : 0;
      }
      double slack = sketch.rankError() + 1e-12;
      assertThat(below / total).as("below the %s quantile", part).isLessThanOrEqualTo(part + slack);
      assertThat(upTo / total)
          .as("up to the %s quantile", part)
          .isGreaterThanOrEqualTo(part - slack);
    }
  }

  @Tag("slow")
  @Test
  void fewValuesAreExactAsNumpySays() throws IOException {
    Random random = new Random(2);
    double[] values = random.doubles(3001).map(value -> (float) value).toArray();
    double[] weights = random.ints(3001, 1, 5).asDoubleStream().toArray();
    double[] numpy =
        Numpy.numbers(
            values,
            weights,
            "print(*np.quantile(x, [.5, .68, .95, .99, .999], weights=w, method='inverted_cdf'))");
    QuantileSketch sketch = new QuantileSketch();
    for (int i = 0; i < values.length; i++) {
      sketch.add(values[i], weights[i]);
    }
    assertThat(sketch.rankError()).isZero();
    double[] parts = {0.5, 0.68, 0.95, 0.99, 0.999};
    for (int i = 0; i < parts.length; i++) {
      assertThat(sketch.quantile(parts[i])).isEqualTo(numpy[i]);
    }
  }

  @Test
  void nothingHasNoQuantile() {
    assertThat(new QuantileSketch().quantile(0.5)).isNaN();
  }
}
