package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Rounding to a decimal grid, against arithmetic of any length. */
class StepScaleTest {
  private static double restored(BigDecimal step, double value) {
    Quantizer quantizer = Quantizer.of(new Precision.Step(step), ValueType.FLOAT64);
    long[] symbol = new long[1];
    quantizer.quantize(new double[] {value}, 0, 1, symbol);
    double[] restored = new double[1];
    quantizer.restore(symbol, 1, restored, 0);
    return restored[0];
  }

  private static float restored(BigDecimal step, float value) {
    Quantizer quantizer = Quantizer.of(new Precision.Step(step), ValueType.FLOAT32);
    long[] symbol = new long[1];
    quantizer.quantize(new float[] {value}, 0, 1, symbol);
    float[] restored = new float[1];
    quantizer.restore(symbol, 1, restored, 0);
    return restored[0];
  }

  private static BigDecimal nearestMultiple(BigDecimal step, double value) {
    BigDecimal steps = new BigDecimal(value).divide(step, 0, RoundingMode.HALF_UP);
    return steps.multiply(step);
  }

  @Test
  void valuesBecomeTheFloatsNearestToMultiples() {
    RandomCase.each(
        2000,
        any -> {
          int digits = any.between(-2, 12);
          long unscaled = any.between(1, 999_999);
          BigDecimal step = BigDecimal.valueOf(unscaled, digits);
          // Up to 2^20 steps, often half-way between two as nearly as a double can be.
          BigDecimal half = step.divide(BigDecimal.TWO);
          double value = half.multiply(BigDecimal.valueOf(any.between(0, 1 << 21))).doubleValue();
          for (double near : new double[] {value, Math.nextUp(value), -Math.nextDown(value)}) {
            double expected = nearestMultiple(step, near).doubleValue();
            assertThat(restored(step, near))
                .as("%s by %s", near, step)
                .isEqualTo(expected == 0 && near != 0 ? 0.0 : expected);
            float single = (float) near;
            float expectedSingle = (float) nearestMultiple(step, single).doubleValue();
            assertThat(restored(step, single))
                .as("%s by %s", single, step)
                .isEqualTo(expectedSingle == 0 && single != 0 ? 0f : expectedSingle);
          }
        });
  }

  @Test
  void hundredthsReadAsWritten() {
    assertThat(restored(new BigDecimal("0.01"), 412.7351)).isEqualTo(412.74);
    assertThat(restored(new BigDecimal("0.01"), -1.204f)).isEqualTo(-1.2f);
    assertThat(restored(new BigDecimal("0.05"), 3.14159)).isEqualTo(3.15);
    assertThat(restored(new BigDecimal("250"), 12_345.6)).isEqualTo(12_250.0);
    assertThat(restored(new BigDecimal("0.01"), 1e30)).isEqualTo(1e30);
  }
}
