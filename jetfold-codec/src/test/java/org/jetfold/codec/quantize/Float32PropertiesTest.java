package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;

/** Any bound, not just those that are written often, is kept for float32 values. */
class Float32PropertiesTest {
  private static final int VALUES = 1000;

  @Property(tries = 500)
  void relativeBoundsHold(
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long mantissa,
      @ForAll @IntRange(min = -30, max = -1) int exponent) {
    verify(new Precision.Relative(scaled(mantissa, exponent)), mantissa);
  }

  @Property(tries = 500)
  void absoluteBoundsHold(
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long mantissa,
      @ForAll @IntRange(min = -155, max = 135) int exponent) {
    verify(new Precision.Absolute(scaled(mantissa, exponent)), mantissa);
  }

  private static double scaled(long mantissa, int exponent) {
    return Math.scalb((double) ((1L << 52) + mantissa), exponent - 52);
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
