package org.jetfold.study.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.binning.Bins;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels, effective edges and magic bins against values that were really quantized. */
class LevelsTest {
  static Stream<Precision> settings() {
    return Stream.of(
        new Precision.Bits(1),
        new Precision.Bits(3),
        new Precision.Bits(7),
        new Precision.Bits(12),
        new Precision.Relative(0.01),
        new Precision.Absolute(0.03));
  }

  private static float[] drawn(double low, double high) {
    SplittableRandom random = new SplittableRandom(4);
    float[] values = new float[200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  private static double[] doubles(ColumnValues values) {
    float[] floats = ((ColumnValues.Floats) values).values();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /** A histogram of quantized values is, to the last count, one of the values with moved edges. */
  @ParameterizedTest
  @MethodSource("settings")
  void effectiveEdgesAreExact(Precision setting) {
    QuantizedLevels levels = new QuantizedLevels(setting, ValueType.FLOAT32);
    ColumnValues.Floats values = new ColumnValues.Floats(drawn(-3, 5));
    double[] quantized = doubles(levels.quantized(values));
    for (double edge : new double[] {-2.5, -1, -0.3, -0.001, 0.002, 0.25, 0.7, 1, 2, 3.9, 4.4}) {
      double effective = levels.effectiveEdge(edge);
      long above = 0;
      long expected = 0;
      double[] all = doubles(values);
      for (int i = 0; i < all.length; i++) {
        above += quantized[i] >= edge ? 1 : 0;
        expected += all[i] >= effective ? 1 : 0;
      }
      assertThat(above).as("%s at %s", setting, edge).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void countsAreThoseOfDifferentValues(Precision setting) {
    QuantizedLevels levels = new QuantizedLevels(setting, ValueType.FLOAT32);
    // Every level between 1 and 5 is hit, and those around zero are left out.
    double[] quantized = doubles(levels.quantized(new ColumnValues.Floats(drawn(0.9, 5.1))));
    double[] edges = {1, 1.37, 1.99, 2, 2.2, 3.3, 4, 4.7, 5};
    for (int i = 1; i < edges.length; i++) {
      double low = edges[i - 1];
      double high = edges[i];
      long different =
          Arrays.stream(quantized).filter(value -> value >= low && value < high).distinct().count();
      assertThat(levels.count(low, high)).as("%s %s", setting, low).isEqualTo(different);
    }
  }

  @Test
  void theCellOfAPowerOfTwoIsThreeQuartersAsWide() {
    Levels levels = new QuantizedLevels(new Precision.Bits(4), ValueType.FLOAT32);
    double step = 1.0 / 16;
    double lower = levels.effectiveEdge(1);
    double upper = levels.effectiveEdge(1 + step);
    assertThat(upper - lower).isCloseTo(0.75 * step, within(1e-6));
    assertThat(levels.effectiveEdge(1 + 2 * step) - upper).isCloseTo(step, within(1e-6));
    assertThat(lower - levels.effectiveEdge(1 - step / 2)).isCloseTo(step / 2, within(1e-6));
    assertThat(levels.spacing(1)).isEqualTo(step);
    assertThat(levels.spacing(0.99)).isEqualTo(step / 2);
  }

  /** The promise of magic bins: not a count differs from that of the original values. */
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("settings")
  void magicBinsShowNothing(Precision setting) {
    QuantizedLevels levels = new QuantizedLevels(setting, ValueType.FLOAT32);
    ColumnValues.Floats values = new ColumnValues.Floats(drawn(-3, 5));
    for (double wanted : new double[] {1e-6, 0.05, 0.4}) {
      MagicBins magic = MagicBins.of(levels, -2.9, 4.9, wanted);
      assertThat(magic.bins().low()).isLessThanOrEqualTo(-2.9);
      assertThat(magic.bins().high()).isGreaterThanOrEqualTo(4.9);
      assertThat(magic.bins().histogram(doubles(levels.quantized(values))))
          .isEqualTo(magic.bins().histogram(doubles(values)));
      double width = magic.multiple() * magic.step();
      for (int bin = 0; bin < magic.bins().count(); bin++) {
        assertThat(magic.bins().width(bin)).isCloseTo(width, within(magic.step()));
      }
    }
  }

  @Test
  void ofAUniformGridTheFactorIsTheCountOverTheRatio() {
    RandomCase.each(
        500,
        any -> {
          int step = any.between(1, 64);
          int width = any.between(1, 200);
          int offset = any.between(0, 63);
          double fine = step / 1024.0;
          double coarse = width / 1024.0;
          UniformLevels levels = new UniformLevels(fine, offset / 1024.0, false);
          Bins bins = Bins.uniform(-1, -1 + 20 * coarse, 20);
          DoubleQuantization peaks = DoubleQuantization.of(levels, bins);
          double[] flat = new double[20];
          Arrays.fill(flat, 1000);
          double[] corrected = peaks.corrected(peaks.predicted(flat));
          for (int bin = 0; bin < 20; bin++) {
            assertThat(peaks.factor(bin))
                .isCloseTo(peaks.levels(bin) * fine / coarse, within(1e-9));
            if (peaks.levels(bin) == 0) {
              assertThat(corrected[bin]).isNaN();
            } else {
              assertThat(corrected[bin]).isCloseTo(1000, within(1e-6));
            }
          }
          double error = peaks.levels(0) == 0 ? Double.NaN : Math.sqrt(1000) / peaks.factor(0);
          assertThat(peaks.correctedErrors(flat)[0]).isEqualTo(Double.valueOf(error));
        });
  }

  /** Levels count where they are stored: float 0.7 is below 0.7. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storedLevelsDecide(boolean float32) {
    UniformLevels tenths = new UniformLevels(0.1, 0, float32);
    for (int k = 1; k < 40; k++) {
      double edge = k / 10.0;
      double stored = float32 ? (float) edge : edge;
      assertThat(tenths.count(edge, edge + 0.05)).isEqualTo(stored >= edge ? 1 : 0);
    }
  }

  @Test
  void roundingTwiceIsRoundingToTheCells() {
    RandomCase.each(
        200,
        any -> {
          int thousandths = any.between(1, 200);
          double coarse = thousandths / 1000.0;
          QuantizedLevels levels = new QuantizedLevels(new Precision.Bits(5), ValueType.FLOAT32);
          Bins bins = Bins.uniform(0.6, 0.6 + 30 * coarse, 30);
          DoubleQuantization peaks = DoubleQuantization.of(levels, bins);
          double cells = 0;
          for (int bin = 0; bin < bins.count(); bin++) {
            cells += peaks.factor(bin) * bins.width(bin);
            assertThat(peaks.factor(bin) > 0).isEqualTo(peaks.levels(bin) > 0);
          }
          assertThat(cells)
              .isCloseTo(
                  levels.effectiveEdge(bins.high()) - levels.effectiveEdge(bins.low()),
                  within(1e-9));
        });
  }
}
