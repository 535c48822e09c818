package org.jetfold.codec.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** The detector on values whose past is known. */
class QuantizationDetectorTest {
  private static Quantization finding(float... values) {
    QuantizationDetector detector = new QuantizationDetector(true);
    detector.add(new ColumnValues.Floats(values));
    return detector.finding();
  }

  private static float[] spectrum(int count, long seed, DoubleUnaryOperator rounded) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) rounded.applyAsDouble(20 / (1e-3 + random.nextDouble()));
    }
    return values;
  }

  @Test
  void tellsToHowManyBits() {
    RandomCase.each(
        300,
        any -> {
          int bits = any.between(1, 22);
          int count = any.between(200, 2000);
          float[] values = spectrum(count, any.bits(), x -> x);
          Quantizer quantizer = Quantizer.of(new Precision.Bits(bits), ValueType.FLOAT32);
          long[] symbols = new long[count];
          quantizer.quantize(values, 0, count, symbols);
          quantizer.restore(symbols, count, values, 0);
          assertThat(finding(values)).isEqualTo(new Quantization.Truncated(bits));
        });
  }

  @Test
  void leavesOtherValuesAlone() {
    RandomCase.each(
        300,
        any -> {
          int count = any.between(0, 5000);
          assertThat(finding(spectrum(count, any.bits(), x -> x)))
              .isEqualTo(new Quantization.None());
        });
  }

  @Test
  void tellsGrids() {
    assertThat(finding(spectrum(500, 1, Math::rint))).isEqualTo(new Quantization.Grid(1, 0));
    assertThat(finding(spectrum(500, 1, x -> 0.375 * Math.rint(x / 0.375))))
        .isEqualTo(new Quantization.Grid(0.375, 0));
    assertThat(finding(spectrum(500, 2, x -> Math.rint(x * 10) / 10)))
        .isEqualTo(new Quantization.Grid(0.1, 0));
    assertThat(finding(spectrum(500, 3, x -> Math.rint(x * 100) / 100)))
        .isEqualTo(new Quantization.Grid(0.01, 0));
    assertThat(finding(spectrum(500, 4, x -> (Math.rint(x * 10) + 0.5) / 10)))
        .isEqualTo(new Quantization.Grid(0.1, 0.05));
  }

  @Test
  void zerosInfinitiesAndNaNsSayNothing() {
    float[] values = spectrum(500, 1, x -> x);
    for (int i = 0; i < 400; i++) {
      values[i] = i % 3 == 0 ? 0 : i % 3 == 1 ? Float.NaN : Float.NEGATIVE_INFINITY;
    }
    assertThat(finding(values)).isEqualTo(new Quantization.None());
    assertThat(finding(0, -0f, Float.NaN)).isEqualTo(new Quantization.None());
    assertThat(finding()).isEqualTo(new Quantization.None());
    assertThat(finding(0.5f, 0.5f, 0.5f, 0.5f)).isEqualTo(new Quantization.None());
  }

  /** A single value off the levels is enough: what is told holds for all. */
  @Test
  void oneOtherValueUndoesTheFinding() {
    float[] values = spectrum(5000, 1, Math::rint);
    values[4999] = (float) Math.PI;
    assertThat(finding(values)).isEqualTo(new Quantization.None());
  }

  @Test
  void float32InFloat64IsTold() {
    QuantizationDetector detector = new QuantizationDetector(false);
    float[] floats = spectrum(300, 6, x -> x);
    double[] doubles = new double[300];
    for (int i = 0; i < 300; i++) {
      doubles[i] = floats[i];
    }
    detector.add(new ColumnValues.Doubles(doubles));
    assertThat(detector.finding()).isEqualTo(new Quantization.Truncated(23));
  }

  @Test
  void piecesMakeNoDifference() {
    float[] values = spectrum(3000, 8, Math::rint);
    QuantizationDetector detector = new QuantizationDetector(true);
    for (int from = 0; from < values.length; from += 100) {
      detector.add(new ColumnValues.Floats(values).slice(from, from + 100));
    }
    assertThat(detector.finding()).isEqualTo(finding(values));
  }
}
