package org.jetfold.study.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.binning.Bins;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra before rounding, estimated from values after it. */
class SpreadCountsTest {
  private static final double SLOPE = 0.7;

  private static double[] drawn(int count, DoubleUnaryOperator inverse, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(count).map(u -> (float) inverse.applyAsDouble(u)).toArray();
  }

  private static double exponential(double u) {
    return 1 - Math.log1p(-u * (1 - Math.exp(-SLOPE * 7))) / SLOPE;
  }

  private static double[] rounded(QuantizedLevels levels, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    float[] after =
        ((ColumnValues.Floats) levels.quantized(new ColumnValues.Floats(floats))).values();
    double[] doubles = new double[after.length];
    Arrays.setAll(doubles, i -> after[i]);
    return doubles;
  }

  private static QuantizedLevels truncated(int bits) {
    return new QuantizedLevels(new Precision.Bits(bits), ValueType.FLOAT32);
  }

  /** One value a quantile: cells hold what the density says, and so do the bins made of them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void anExponentialIsRecovered(int bits) {
    int count = 400_000;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) exponential((i + 0.5) / count);
    }
    double[] doubles = new double[count];
    Arrays.setAll(doubles, i -> values[i]);
    QuantizedLevels levels = truncated(bits);
    // The last cells are not full.
    Bins bins = Bins.uniform(1.4, 6.4, 37);
    double[] before = bins.histogram(doubles);
    double[] after = rounded(levels, doubles);
    double[] spread = SpreadCounts.of(levels, bins, after, null).heights();
    for (int bin = 0; bin < bins.count(); bin++) {
      assertThat(spread[bin]).isCloseTo(before[bin], within(2 + 0.004 * before[bin]));
    }
    assertThat(DoubleQuantization.deviation(bins.histogram(after), before)).isGreaterThan(0.1);
    assertThat(DoubleQuantization.deviation(spread, before)).isLessThan(0.002);
  }

  /** What is left is chance: χ² a bin is 1. A correction by factors leaves more. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7})
  void onlyChanceIsLeft(int bits) {
    double[] values = drawn(1_000_000, SpreadCountsTest::exponential, 3);
    QuantizedLevels levels = truncated(bits);
    double[] after = rounded(levels, values);
    Bins bins = Bins.uniform(1.4, 7, 150);
    double[] before = bins.histogram(values);
    SpreadCounts spread = SpreadCounts.of(levels, bins, after, null);
    double[] corrected = DoubleQuantization.of(levels, bins).corrected(bins.histogram(after));
    assertThat(spread.pull(before)).isBetween(0.6, 1.5);
    assertThat(DoubleQuantization.deviation(spread.heights(), before))
        .isLessThan(1.05 * DoubleQuantization.deviation(corrected, before));
    assertThat(spread.errors()[10]).isLessThan(1.3 * Math.sqrt(before[10]));
  }

  /** Bins of whole cells are what they were, to the last count. */
  @Test
  void countsOfCellsArePreserved() {
    double[] values = drawn(20_000, u -> Math.cbrt(2 * u - 1), 5);
    QuantizedLevels levels = truncated(3);
    double[] edges = new double[9];
    Arrays.setAll(edges, i -> levels.effectiveEdge(-0.9 + 0.22 * i));
    Bins cells = Bins.between(edges);
    double[] after = rounded(levels, values);
    assertThat(SpreadCounts.of(levels, cells, after, null).heights())
        .isEqualTo(cells.histogram(values));
    // Bins inside of them share the same counts.
    for (int bin = 0; bin < cells.count(); bin++) {
      Bins parts = Bins.uniform(cells.edge(bin), cells.edge(bin + 1), 17);
      double[] shares = SpreadCounts.of(levels, parts, after, null).heights();
      assertThat(Arrays.stream(shares).sum()).isCloseTo(cells.histogram(values)[bin], within(1e-6));
      assertThat(Arrays.stream(shares).min().orElseThrow()).isNotNegative();
    }
  }

  /** Bins without a level have an estimate, where a factor has nothing to divide. */
  @Test
  void binsWithoutLevelsAreFilled() {
    double[] values = drawn(500_000, SpreadCountsTest::exponential, 7);
    UniformLevels levels = new UniformLevels(0.1, 0, false);
    double[] after = Arrays.stream(values).map(x -> Math.rint(x * 10) / 10).toArray();
    Bins bins = Bins.uniform(2, 4, 70);
    double[] before = bins.histogram(values);
    assertThat(bins.histogram(after)).contains(0.0);
    SpreadCounts spread = SpreadCounts.of(levels, bins, after, null);
    assertThat(spread.pull(before)).isBetween(0.5, 1.7);
    assertThat(DoubleQuantization.deviation(spread.heights(), before)).isLessThan(0.03);
  }

  /** A spectrum that ends within a cell fills only a part of it. */
  @Test
  void endsAreFound() {
    double[] values = drawn(300_000, u -> Math.PI * (2 * u - 1), 9);
    QuantizedLevels levels = truncated(4);
    double[] after = rounded(levels, values);
    Bins bins = Bins.uniform(-4, 4, 101);
    double[] before = bins.histogram(values);
    SpreadCounts spread = SpreadCounts.of(levels, bins, after, null);
    double[] heights = spread.heights();
    assertThat(spread.pull(before)).isBetween(0.5, 1.7);
    for (int bin = 0; bin < heights.length; bin++) {
      assertThat(heights[bin]).isCloseTo(before[bin], within(200.0));
    }
    assertThat(heights[9]).isZero();
    assertThat(heights[91]).isZero();
  }

  @Test
  void weightsScale() {
    RandomCase.each(
        30,
        any -> {
          double[] values = drawn(5000, u -> 1 + u * u, any.between(1, 1 << 20));
          QuantizedLevels levels = truncated(any.between(1, 6));
          double[] after = rounded(levels, values);
          Bins bins = Bins.uniform(0.5, 3, any.between(3, 60));
          double[] ones = SpreadCounts.of(levels, bins, after, null).heights();
          double[] weights = new double[values.length];
          Arrays.fill(weights, 2.5);
          double[] weighted = SpreadCounts.of(levels, bins, after, weights).heights();
          for (int bin = 0; bin < ones.length; bin++) {
            assertThat(weighted[bin]).isCloseTo(2.5 * ones[bin], within(1e-6));
          }
          assertThat(Arrays.stream(ones).sum()).isCloseTo(5000, within(1e-6));
        });
  }

  @Test
  void nothingGivesNothing() {
    SpreadCounts spread =
        SpreadCounts.of(truncated(4), Bins.uniform(-1, 1, 5), new double[0], new double[0]);
    assertThat(spread.heights()).containsOnly(0);
    assertThat(spread.errors()).containsOnly(0);
    assertThat(spread.pull(new double[5])).isZero();
  }
}
