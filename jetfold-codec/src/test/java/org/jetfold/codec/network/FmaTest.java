package org.jetfold.codec.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The software's multiply-add is the processor's, bit for bit; and what is built on it is monotone.
 */
class FmaTest {
  private static void same(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float found = Fma.SOFTWARE.of(a, b, c);
    if (!(Float.isNaN(expected) && Float.isNaN(found))) {
      assertThat(Float.floatToRawIntBits(found))
          .as("fma(%s, %s, %s)", a, b, c)
          .isEqualTo(Float.floatToRawIntBits(expected));
    }
  }

  @Test
  void anyBits() {
    RandomCase.each(
        1000,
        any -> {
          int a = (int) any.integer();
          int b = (int) any.integer();
          int c = (int) any.integer();
          same(Float.intBitsToFloat(a), Float.intBitsToFloat(b), Float.intBitsToFloat(c));
        });
  }

  @Tag("slow")
  @Test
  void manyOfLikeSize() {
    Random random = new Random(1);
    for (int i = 0; i < 3_000_000; i++) {
      float a = Float.intBitsToFloat(random.nextInt());
      float b = Float.intBitsToFloat(random.nextInt());
      // Near the product, so that cancellation and ties are common.
      float product = a * b;
      float c =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(-product) + random.nextInt(1 << random.nextInt(30)));
      same(a, b, c);
      same(a, b, (float) Math.scalb((double) -product, random.nextInt(60) - 30));
    }
  }

  @Test
  void powersOfTwoNeverFall() {
    float last = -1;
    // Every 64th float from the lower to the upper clamp, and all around the integers.
    for (int n = -127; n <= 127; n++) {
      float from = Math.nextDown((float) n - 1e-4f);
      for (float y = from; y < n + 1e-4f; y = Math.nextUp(y)) {
        float power = Exponential.power(y, Fma.HARDWARE);
        assertThat(power >= last).as("2^%s", y).isTrue();
        last = power;
        if (Math.abs(y) < 1e-4f) {
          break;
        }
      }
    }
  }

  @Test
  void powersOfTwoAreClose() {
    for (float y = -126; y <= 126; y += 0.000371f) {
      double exact = StrictMath.pow(2, y);
      assertThat(Math.abs(Exponential.power(y, Fma.HARDWARE) - exact) / exact).isLessThan(1.1e-5);
    }
  }
}
