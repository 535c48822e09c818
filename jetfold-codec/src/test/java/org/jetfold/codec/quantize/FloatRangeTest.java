package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

class FloatRangeTest {
  private static final float[] SPECIAL = {
    Float.NaN,
    Float.intBitsToFloat(0xFFC0_0001),
    -0f,
    0f,
    Float.MIN_VALUE,
    Float.NEGATIVE_INFINITY,
    Float.POSITIVE_INFINITY,
    -Float.MAX_VALUE
  };

  @Test
  void isThatOfTheNumbers() {
    RandomCase.each(
        500,
        any -> {
          SplittableRandom random = new SplittableRandom(any.bits());
          float[] values = new float[any.between(0, 2500)];
          int kind = any.between(0, 2);
          for (int i = 0; i < values.length; i++) {
            values[i] =
                kind == 0 || (kind == 1 && random.nextInt(500) == 0)
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : Float.intBitsToFloat(random.nextInt());
          }
          int count = any.between(0, values.length);
          float least = Float.POSITIVE_INFINITY;
          float greatest = Float.NEGATIVE_INFINITY;
          boolean found = false;
          for (int i = 0; i < count; i++) {
            if (!Float.isNaN(values[i])) {
              found = true;
              least = Math.min(least, values[i]);
              greatest = Math.max(greatest, values[i]);
            }
          }
          FloatRange range = new FloatRange(values, count);
          assertThat(range.isEmpty()).isEqualTo(!found);
          if (found) {
            assertThat(range.least()).isEqualTo(least);
            assertThat(range.greatest()).isEqualTo(greatest);
          }
        });
  }
}
