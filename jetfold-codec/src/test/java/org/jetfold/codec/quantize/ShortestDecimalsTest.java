package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is printed must be within the bound of the original, which only the test knows. */
final class ShortestDecimalsTest {
  private static final int VALUES = 30;

  private static float[] restored(String precision, float... values) {
    Quantizer quantizer = Quantizer.of(Precision.parse(precision), ValueType.FLOAT32);
    long[] symbols = new long[values.length];
    float[] restored = new float[values.length];
    quantizer.quantize(values, 0, values.length, symbols);
    quantizer.restore(symbols, values.length, restored, 0);
    return restored;
  }

  private static float[] printed(String precision, float... values) {
    ShortestDecimals shortest = new ShortestDecimals(Precision.parse(precision), ValueType.FLOAT32);
    ColumnValues restored = new ColumnValues.Floats(restored(precision, values));
    return ((ColumnValues.Floats) shortest.of(restored)).values();
  }

  /** Whether a printed number is within the bound, in decimal arithmetic of any length. */
  private static boolean isWithin(Precision precision, double original, BigDecimal printed) {
    BigDecimal before = new BigDecimal(original);
    BigDecimal bound =
        switch (precision) {
          case Precision.Absolute(double d) -> new BigDecimal(d);
          case Precision.Relative(double e) -> new BigDecimal(e).multiply(before.abs());
          case Precision.Bits(int bits) ->
              new BigDecimal(Math.scalb(1.0, -bits - 1)).multiply(before.abs());
          case Precision.Step(BigDecimal step) ->
              step.add(new BigDecimal(Math.ulp(printed.floatValue()))).divide(BigDecimal.TWO);
          case Precision.Exact _, Precision.Measured _, Precision.Dithered _, Precision.Scaled _ ->
              BigDecimal.ZERO;
        };
    return printed.subtract(before).abs().compareTo(bound) <= 0;
  }

  private static int digits(String number) {
    return new BigDecimal(number).stripTrailingZeros().precision();
  }

  @Test
  void float32StaysWithinTheBound() {
    List<String> settings = Settings.float32();
    RandomCase.each(
        600,
        any -> {
          String setting = settings.get(any.between(0, settings.size() - 1));
          Precision precision = Precision.parse(setting);
          float[] values = new float[VALUES];
          boolean isUsual = any.between(0, 1) == 1;
          for (int i = 0; i < VALUES; i++) {
            float value = Float.intBitsToFloat((int) any.bits());
            values[i] = isUsual ? (float) Math.scalb((any.bits() >> 11) * 0x1p-52, 9) : value;
          }
          float[] restored = restored(setting, values);
          float[] printed = printed(setting, values);
          for (int i = 0; i < VALUES; i++) {
            if (!Float.isFinite(values[i]) || !Float.isFinite(restored[i])) {
              assertThat(Float.floatToRawIntBits(printed[i]))
                  .isEqualTo(Float.floatToRawIntBits(restored[i]));
              continue;
            }
            boolean isSubnormal = Math.abs(values[i]) < Float.MIN_NORMAL;
            if (precision instanceof Precision.Bits && isSubnormal) {
              assertThat(printed[i]).isEqualTo(restored[i]);
              continue;
            }
            String text = Float.toString(printed[i]);
            assertThat(isWithin(precision, values[i], new BigDecimal(printed[i])))
                .as("%s: %s restored as %s, printed as %s", setting, values[i], restored[i], text)
                .isTrue();
            // As a decimal it is only further away where the restored value itself is printed.
            assertThat(
                    printed[i] == restored[i]
                        || isWithin(precision, values[i], new BigDecimal(text)))
                .isTrue();
            assertThat(digits(text)).isLessThanOrEqualTo(digits(Float.toString(restored[i])));
            assertThat(Math.copySign(1, printed[i])).isEqualTo(Math.copySign(1, restored[i]));
          }
        });
  }

  @Tag("slow")
  @Test
  void float64StaysWithinTheBound() {
    List<String> settings = Settings.float64();
    RandomCase.each(
        300,
        any -> {
          String setting = settings.get(any.between(0, settings.size() - 1));
          Precision precision = Precision.parse(setting);
          double[] values = new double[VALUES];
          for (int i = 0; i < VALUES; i++) {
            values[i] = Math.scalb((any.bits() >> 11) * 0x1p-52, any.between(-60, 60));
          }
          Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT64);
          long[] symbols = new long[VALUES];
          double[] restored = new double[VALUES];
          quantizer.quantize(values, 0, VALUES, symbols);
          quantizer.restore(symbols, VALUES, restored, 0);
          ColumnValues shortest =
              new ShortestDecimals(precision, ValueType.FLOAT64)
                  .of(new ColumnValues.Doubles(restored.clone()));
          double[] printed = ((ColumnValues.Doubles) shortest).values();
          for (int i = 0; i < VALUES; i++) {
            if (Double.isFinite(restored[i])) {
              assertThat(isWithin(precision, values[i], new BigDecimal(printed[i])))
                  .as(
                      "%s: %s restored as %s, printed as %s",
                      setting, values[i], restored[i], printed[i])
                  .isTrue();
            }
          }
        });
  }

  @Test
  void digitsThatTheBoundDoesNotNeedAreGone() {
    assertThat(printed("bits:7", 123.4f, -0.7f, 3000f)).containsExactly(123.5f, -0.699f, 3010f);
    ColumnValues kept = new ColumnValues.Floats(new float[] {-999f, -998.9f});
    assertThat(new ShortestDecimals(Precision.parse("rel:0.01"), ValueType.FLOAT32).of(kept))
        .usingRecursiveComparison()
        .isEqualTo(kept);
    float[] values = {1.5f, 0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY};
    assertThat(printed("exact", values)).containsExactly(values);
    assertThat(printed("bits:23", values)).containsExactly(values);
  }
}
