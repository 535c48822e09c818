package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Any bound, not just those that are written often, is kept for float32 values. */
class Float32PropertiesTest {
  private static final int VALUES = 1000;

  @Test
  void relativeBoundsHold() {
    RandomCase.each(500, any -> verify(new Precision.Relative(scaled(any, -30, -1)), any.bits()));
  }

  @Test
  void absoluteBoundsHold() {
    RandomCase.each(500, any -> verify(new Precision.Absolute(scaled(any, -155, 135)), any.bits()));
  }

  private static double scaled(RandomCase any, int smallest, int largest) {
    long mantissa = any.between(1L << 52, (1L << 53) - 1);
    return Math.scalb((double) mantissa, any.between(smallest, largest) - 52);
  }

  private static void verify(Precision precision, long seed) {
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    long[] symbols = new long[VALUES];
    float[] restored = new float[VALUES];
    long[] again = new long[VALUES];
    quantizer.quantize(values, 0, VALUES, symbols);
    quantizer.restore(symbols, VALUES, restored, 0);
    quantizer.quantize(restored, 0, VALUES, again);
    ErrorExtremes extremes = new ErrorExtremes();
    assertThat(
            BoundCheck.of(precision, ValueType.FLOAT32)
                .firstViolation(values, 0, restored, 0, VALUES, extremes))
        .isEqualTo(-1);
    assertThat(again).isEqualTo(symbols);
  }
}
