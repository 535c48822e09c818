package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

class DecimalSymbolsTest {
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1e-300,
    -1e300,
    Double.MAX_VALUE,
    Double.MIN_NORMAL,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.longBitsToDouble(-1),
    Double.longBitsToDouble(0x7FF0_0000_0000_0001L),
    45_035_996_273_704.95,
    45_035_996_273_704.97,
    4_503_599_627_370_495.0,
    4_503_599_627_370_496.0,
    -4_503_599_627_370_496.0
  };

  private static SegmentQuantizer quantizer(ValueType type, int digits) {
    return Quantizer.of(Precision.exact(), type).of(SegmentScale.ofDecimals(digits));
  }

  @Test
  void decimalsAreTheirWholeNumbers() {
    RandomCase.each(
        300,
        any -> {
          int digits = any.between(0, 15);
          long number = any.bits() >> any.between(12, 63);
          double value = BigDecimal.valueOf(number, digits).doubleValue();
          long[] symbols = new long[1];
          ColumnValues values = new ColumnValues.Doubles(new double[] {value});
          quantizer(ValueType.FLOAT64, digits).quantize(values, 0, 1, null, 0, symbols);
          assertThat(symbols[0]).isEqualTo(number);
        });
  }

  @Test
  void everyFloat64ComesBackAndNoTwoShareASymbol() {
    RandomCase.each(
        100,
        any -> {
          int digits = any.between(0, SegmentScale.MAX_DECIMALS);
          double[] values = new double[SPECIAL.length + 60];
          System.arraycopy(SPECIAL, 0, values, 0, SPECIAL.length);
          for (int i = SPECIAL.length; i < values.length; i++) {
            double bits = Double.longBitsToDouble(any.bits());
            double near = BigDecimal.valueOf(any.bits() >> 20, digits).doubleValue();
            values[i] =
                i % 3 == 0
                    ? near
                    : i % 3 == 1 ? Math.nextUp(near) : Math.abs(bits) < 1e-300 ? 1 : bits;
          }
          SegmentQuantizer quantizer = quantizer(ValueType.FLOAT64, digits);
          long[] symbols = new long[values.length];
          quantizer.quantize(new ColumnValues.Doubles(values), 0, values.length, null, 0, symbols);
          double[] restored = new double[values.length];
          quantizer.restore(symbols, values.length, null, 0, new ColumnValues.Doubles(restored), 0);
          Set<Long> patterns = new HashSet<>();
          Set<Long> different = new HashSet<>();
          for (int i = 0; i < values.length; i++) {
            assertThat(Double.doubleToRawLongBits(restored[i]))
                .as("%s with %d digits", values[i], digits)
                .isEqualTo(Double.doubleToRawLongBits(values[i]));
            patterns.add(Double.doubleToRawLongBits(values[i]));
            different.add(symbols[i]);
          }
          assertThat(different).hasSameSizeAs(patterns);
        });
  }

  @Test
  void everyFloat32ComesBack() {
    RandomCase.each(
        100,
        any -> {
          int digits = any.between(0, 8);
          float[] values = new float[200];
          for (int i = 0; i < values.length; i++) {
            float bits = Float.intBitsToFloat((int) any.bits());
            values[i] =
                i % 2 == 0
                    ? BigDecimal.valueOf(any.bits() >> 38, digits).floatValue()
                    : Math.abs(bits) < Float.MIN_NORMAL ? -0f : bits;
          }
          SegmentQuantizer quantizer = quantizer(ValueType.FLOAT32, digits);
          long[] symbols = new long[values.length];
          quantizer.quantize(new ColumnValues.Floats(values), 0, values.length, null, 0, symbols);
          float[] restored = new float[values.length];
          quantizer.restore(symbols, values.length, null, 0, new ColumnValues.Floats(restored), 0);
          for (int i = 0; i < values.length; i++) {
            assertThat(Float.floatToRawIntBits(restored[i]))
                .isEqualTo(Float.floatToRawIntBits(values[i]));
          }
        });
  }

  @Test
  void findsTheDigitsThatMostValuesHave() {
    double[] prices = new double[20_000];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = (i * 7919L % 1_000_003) / 100.0;
    }
    assertThat(DecimalFinder.digits(new ColumnValues.Doubles(prices))).hasValue(2);
    for (int i = 0; i < prices.length; i += 50) {
      prices[i] = Math.sqrt(i + 2);
    }
    assertThat(DecimalFinder.digits(new ColumnValues.Doubles(prices))).hasValue(2);
    prices[0] = Double.MIN_VALUE;
    assertThat(DecimalFinder.digits(new ColumnValues.Doubles(prices))).isEmpty();
    for (int i = 0; i < prices.length; i++) {
      prices[i] = Math.sqrt(i + 2);
    }
    assertThat(DecimalFinder.digits(new ColumnValues.Doubles(prices))).isEmpty();
    assertThat(DecimalFinder.digits(new ColumnValues.Doubles(new double[0]))).isEmpty();
    assertThat(DecimalFinder.digits(new ColumnValues.Integers(new long[9]))).isEmpty();
  }

  @Test
  void aSymbolBeyondAllFloatsIsNone() {
    SegmentQuantizer quantizer = quantizer(ValueType.FLOAT32, 2);
    ColumnValues into = new ColumnValues.Floats(new float[1]);
    assertThatThrownBy(() -> quantizer.restore(new long[] {1L << 31}, 1, null, 0, into, 0))
        .isInstanceOf(InvalidSymbolException.class);
  }
}
