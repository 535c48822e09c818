package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zeros keep their sign, infinities and NaNs every bit, whatever the setting. */
class SpecialValuesTest {
  @ParameterizedTest
  @MethodSource("org.jetfold.codec.quantize.Settings#float32")
  void ofFloat32(String setting) {
    int[] bits = {0, 0x7F80_0000, 0x7F80_0001, 0x7FA5_5A5A, 0x7FC0_0000, 0x7FC0_0001, 0x7FFF_FFFF};
    float[] values = new float[2 * bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[2 * i] = Float.intBitsToFloat(bits[i]);
      values[2 * i + 1] = Float.intBitsToFloat(bits[i] | Integer.MIN_VALUE);
    }
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    long[] symbols = new long[values.length];
    float[] restored = new float[values.length];
    quantizer.quantize(values, 0, values.length, symbols);
    quantizer.restore(symbols, values.length, restored, 0);
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(restored[i]))
          .isEqualTo(Float.floatToRawIntBits(values[i]));
    }
    assertThat(symbols[0]).isZero();
    assertThat(symbols[1]).isEqualTo(-1);
    assertThat(LongStream.of(symbols).max()).hasValue(quantizer.largestSymbol());
    assertThat(LongStream.of(symbols).min()).hasValue(quantizer.smallestSymbol());
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.codec.quantize.Settings#float64")
  void ofFloat64(String setting) {
    long infinity = 0x7FF0_0000_0000_0000L;
    long[] bits = {
      0, infinity, infinity + 1, infinity + 0x5A5A_5A5A_5A5AL, infinity | 1L << 51, Long.MAX_VALUE
    };
    double[] values = new double[2 * bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[2 * i] = Double.longBitsToDouble(bits[i]);
      values[2 * i + 1] = Double.longBitsToDouble(bits[i] | Long.MIN_VALUE);
    }
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT64);
    long[] symbols = new long[values.length];
    double[] restored = new double[values.length];
    quantizer.quantize(values, 0, values.length, symbols);
    quantizer.restore(symbols, values.length, restored, 0);
    for (int i = 0; i < values.length; i++) {
      assertThat(Double.doubleToRawLongBits(restored[i]))
          .isEqualTo(Double.doubleToRawLongBits(values[i]));
    }
    assertThat(symbols[0]).isZero();
    assertThat(symbols[1]).isEqualTo(-1);
    assertThat(LongStream.of(symbols).max()).hasValue(quantizer.largestSymbol());
    assertThat(LongStream.of(symbols).min()).hasValue(quantizer.smallestSymbol());
  }
}
