package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bits:m} is the field's formula bit for bit, written here once more from its description.
 */
class TruncationFormulaTest {
  private static final int VALUES = 200_000;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
  void ofFloat32(int mantissaBits) {
    Random random = new Random(mantissaBits);
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      // Every fourth in the last binades before infinity, every fourth subnormal.
      int bits = random.nextInt();
      values[i] =
          Float.intBitsToFloat(
              switch (i % 4) {
                case 0 -> bits | 0x7E00_0000;
                case 1 -> bits & 0x807F_FFFF;
                default -> bits;
              });
    }
    Quantizer quantizer = Quantizer.of(new Precision.Bits(mantissaBits), ValueType.FLOAT32);
    long[] symbols = new long[VALUES];
    float[] restored = new float[VALUES];
    quantizer.quantize(values, 0, VALUES, symbols);
    quantizer.restore(symbols, VALUES, restored, 0);
    for (int i = 0; i < VALUES; i++) {
      assertThat(Float.floatToRawIntBits(restored[i]))
          .isEqualTo(truncated(Float.floatToRawIntBits(values[i]), mantissaBits));
    }
  }

  /** In 64-bit arithmetic, so that nothing can overflow. */
  private static int truncated(int bits, int mantissaBits) {
    long sign = bits & 0x8000_0000L;
    long magnitude = bits & 0x7FFF_FFFFL;
    if (mantissaBits == 23 || magnitude >= 0x7F80_0000L) {
      return bits;
    }
    long unit = 1L << (23 - mantissaBits);
    long rounded = (magnitude + unit / 2) / unit * unit;
    return (int) (sign | (rounded >= 0x7F80_0000L ? magnitude / unit * unit : rounded));
  }

  @Test
  void halfWayCasesGoAwayFromZero() {
    float[] restored = new float[4];
    long[] symbols = new long[4];
    Quantizer quantizer = Quantizer.of(new Precision.Bits(1), ValueType.FLOAT32);
    quantizer.quantize(new float[] {1.25f, -1.25f, 1.75f, Math.nextDown(1.25f)}, 0, 4, symbols);
    quantizer.restore(symbols, 4, restored, 0);
    assertThat(restored).containsExactly(1.5f, -1.5f, 2f, 1f);
  }
}
