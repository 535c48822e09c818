package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check decides as exact arithmetic does, above all next to the bound. */
@Tag("slow")
class BoundCheckTest {
  @Test
  void decidesAsDecimalArithmeticForRelativeBounds() {
    RandomCase.each(
        8_000,
        any -> {
          double value = value(any);
          double bound = relative(any);
          int ulps = any.between(-3, 3);
          // Values whose error is some ulps around the bound, on either side.
          double atBound = value + bound * value;
          for (double restored :
              new double[] {shifted(atBound, ulps), shifted(value - bound * value, ulps)}) {
            if (Double.isFinite(restored) && restored != value) {
              BigDecimal error = new BigDecimal(restored).subtract(new BigDecimal(value)).abs();
              BigDecimal most = new BigDecimal(value).abs().multiply(new BigDecimal(bound));
              assertThat(keeps(new Precision.Relative(bound), value, restored))
                  .isEqualTo(error.compareTo(most) <= 0);
            }
          }
        });
  }

  @Tag("slow")
  @Test
  void decidesAsDecimalArithmeticForAbsoluteBounds() {
    RandomCase.each(
        8_000,
        any -> {
          double value = value(any);
          double other = value(any);
          int ulps = any.between(-3, 3);
          double bound = Math.abs(other);
          for (double restored :
              new double[] {shifted(value + other, ulps), shifted(value - other, ulps), other}) {
            if (Double.isFinite(restored) && restored != value && bound > 0) {
              BigDecimal error = new BigDecimal(restored).subtract(new BigDecimal(value)).abs();
              assertThat(keeps(new Precision.Absolute(bound), value, restored))
                  .isEqualTo(error.compareTo(new BigDecimal(bound)) <= 0);
            }
          }
        });
  }

  @Test
  void decidesAsDecimalArithmeticForFloats() {
    RandomCase.each(
        8_000,
        any -> {
          float value = Float.intBitsToFloat((int) any.bits());
          double bound = relative(any);
          int ulps = any.between(-3, 3);
          float restored =
              Float.intBitsToFloat(Float.floatToRawIntBits((float) (value + bound * value)) + ulps);
          if (Float.isFinite(restored) && restored != value && value != 0) {
            BigDecimal error = new BigDecimal(restored).subtract(new BigDecimal(value)).abs();
            BigDecimal most = new BigDecimal(value).abs().multiply(new BigDecimal(bound));
            ErrorExtremes extremes = new ErrorExtremes();
            int violation =
                BoundCheck.of(new Precision.Relative(bound), ValueType.FLOAT32)
                    .firstViolation(
                        new float[] {1, value}, 0, new float[] {1, restored}, 0, 2, extremes);
            assertThat(violation).isEqualTo(error.compareTo(most) <= 0 ? -1 : 1);
            assertThat(extremes.largestAbsolute()).isEqualTo(error.doubleValue());
          }
        });
  }

  @Test
  void zerosKeepTheirSignAndOthersTheirBits() {
    for (String setting : new String[] {"exact", "bits:7", "rel:0.9", "abs:10"}) {
      Precision precision = Precision.parse(setting);
      assertThat(keeps(precision, 0.0, -0.0)).isFalse();
      assertThat(keeps(precision, -0.0, 0.0)).isFalse();
      assertThat(keeps(precision, 0.0, 1e-3)).isFalse();
      assertThat(keeps(precision, -0.0, -0.0)).isTrue();
      double nan = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
      assertThat(keeps(precision, nan, nan)).isTrue();
      assertThat(keeps(precision, nan, Double.NaN)).isFalse();
      assertThat(keeps(precision, nan, 1)).isFalse();
      assertThat(keeps(precision, 1, nan)).isFalse();
      assertThat(keeps(precision, 1, Double.POSITIVE_INFINITY)).isFalse();
      assertThat(keeps(precision, Double.POSITIVE_INFINITY, Double.MAX_VALUE)).isFalse();
      assertThat(keeps(precision, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)).isFalse();
    }
    assertThat(keeps(Precision.parse("abs:10"), -3, 0)).isTrue();
    assertThat(keeps(Precision.parse("bits:7"), 1.001, 1.001)).isTrue();
    assertThat(keeps(Precision.parse("bits:7"), 1.001, 1.0009)).isFalse();
    assertThat(keeps(Precision.parse("bits:7"), 1.001, 1)).isTrue();
  }

  @Test
  void collectsTheLargestErrors() {
    ErrorExtremes extremes = new ErrorExtremes();
    BoundCheck check = BoundCheck.of(Precision.parse("abs:2"), ValueType.FLOAT32);
    float[] originals = {9, 100, 1, -4, 0, Float.NaN, 8};
    float[] restored = {9, 102, 1.5f, -4.5f, 0, Float.NaN, 11};
    assertThat(check.firstViolation(originals, 1, restored, 1, 5, extremes)).isEqualTo(-1);
    assertThat(extremes.largestAbsolute()).isEqualTo(2);
    assertThat(extremes.largestRelative()).isEqualTo(0.5);
    assertThat(extremes.changed()).isEqualTo(3);
    assertThat(extremes.violations()).isZero();
    assertThat(check.firstViolation(originals, 1, restored, 1, 6, extremes)).isEqualTo(5);
    assertThat(extremes.largestAbsolute()).isEqualTo(3);
    assertThat(extremes.changed()).isEqualTo(7);
    assertThat(extremes.violations()).isEqualTo(1);
  }

  @Test
  void integersMayNotChange() {
    BoundCheck check = BoundCheck.of(Precision.exact(), ValueType.INT32);
    ColumnValues before = new ColumnValues.Integers(new long[] {1, 2, 3});
    ColumnValues after = new ColumnValues.Integers(new long[] {1, 2, 4});
    assertThat(check.firstViolation(before, 0, before, 0, 3, new ErrorExtremes())).isEqualTo(-1);
    assertThat(check.firstViolation(before, 0, after, 0, 3, new ErrorExtremes())).isEqualTo(2);
  }

  private static boolean keeps(Precision precision, double value, double restored) {
    // Behind a value whose error is as large as can be, which must not hide that of the second.
    return BoundCheck.of(precision, ValueType.FLOAT64)
            .firstViolation(
                new double[] {0, value}, 0, new double[] {0, restored}, 0, 2, new ErrorExtremes())
        < 0;
  }

  private static double shifted(double value, int ulps) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) + ulps);
  }

  private static double relative(RandomCase any) {
    return any.flag()
        ? any.oneOf(0.1, 0.004, 0x1p-8, 1e-3, 1e-6, 1e-9, 0.5, 0.9, 1 - 0x1p-53)
        : Math.scalb((double) any.between(1L << 52, (1L << 53) - 1), any.between(-60, -1) - 52);
  }

  /** Finite, and not zero. */
  private static double value(RandomCase any) {
    while (true) {
      double value =
          switch (any.between(0, 3)) {
            case 0 -> Double.longBitsToDouble(any.bits());
            case 1 -> Double.longBitsToDouble(any.between(1, 1L << 54));
            case 2 -> any.between(-1000, 1000) / 8.0;
            default -> any.between(-1e6, 1e6);
          };
      if (Double.isFinite(value) && value != 0) {
        return value;
      }
    }
  }
}
