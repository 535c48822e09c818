package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bits come back, whatever their contexts, and their last byte is needed. */
class BinaryCoderTest {
  private static final int CONTEXTS = 70;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** What is coded, from its seed: bits with skewed chances, equiprobable bits, numbers. */
  private static final class Script {
    private final SplittableRandom random;
    private final int length;

    Script(long seed) {
      random = new SplittableRandom(seed);
      length = random.nextInt(1 + random.nextInt(1000));
    }

    byte[] write() {
      BinaryEncoder encoder = new BinaryEncoder(new BinaryContexts(CONTEXTS));
      int skew = random.nextInt(1, 100);
      for (int i = 0; i < length; i++) {
        switch (random.nextInt(20)) {
          case 0 -> encoder.number(5, number(random));
          case 1 -> encoder.flat(random.nextInt(2));
          default -> encoder.bit(random.nextInt(4), random.nextInt(skew) == 0 ? 1 : 0);
        }
      }
      return encoder.finish();
    }

    /** Whether these bytes decode to what the script writes. */
    boolean reads(byte[] bytes) {
      byte[] padded = new byte[bytes.length + 5];
      System.arraycopy(bytes, 0, padded, 2, bytes.length);
      // Bytes behind the end are none of the decoder's business.
      Arrays.fill(padded, bytes.length + 2, padded.length, (byte) 0x5A);
      BinaryDecoder decoder =
          new BinaryDecoder(new BinaryContexts(CONTEXTS), padded, 2, bytes.length);
      int skew = random.nextInt(1, 100);
      for (int i = 0; i < length; i++) {
        boolean same =
            switch (random.nextInt(20)) {
              case 0 -> {
                long expected = number(random);
                yield decoder.number(5) == expected;
              }
              case 1 -> {
                int expected = random.nextInt(2);
                yield decoder.flat() == expected;
              }
              default -> {
                int context = random.nextInt(4);
                yield decoder.bit(context) == (random.nextInt(skew) == 0 ? 1 : 0);
              }
            };
        if (!same) {
          return false;
        }
      }
      return true;
    }

    private static long number(SplittableRandom random) {
      return switch (random.nextInt(6)) {
        case 0 -> -1;
        case 1 -> -2;
        case 2 -> Long.MAX_VALUE;
        default -> random.nextLong() >>> random.nextInt(64);
      };
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bitsComeBackFromTheFewestBytes(long seed) {
    byte[] bytes = new Script(seed).write();
    assertThat(new Script(seed).reads(bytes)).isTrue();
    if (bytes.length > 0) {
      assertThat(bytes[bytes.length - 1]).isNotZero();
      assertThat(new Script(seed).reads(Arrays.copyOf(bytes, bytes.length - 1))).isFalse();
    }
  }

  @Test
  void nothingTakesNoBytes() {
    assertThat(new BinaryEncoder(new BinaryContexts(1)).finish()).isEmpty();
  }

  /** A carry that runs through many bytes of FF. */
  @Test
  void longRunsOfLikelyBitsComeBack() {
    for (int rare = 0; rare < 3; rare++) {
      BinaryEncoder encoder = new BinaryEncoder(new BinaryContexts(1));
      int bits = 200_000;
      for (int i = 0; i < bits; i++) {
        encoder.bit(0, i % 50_000 == rare * 7 ? 0 : 1);
      }
      byte[] bytes = encoder.finish();
      assertThat(bytes.length).isLessThan(100);
      BinaryDecoder decoder = new BinaryDecoder(new BinaryContexts(1), bytes, 0, bytes.length);
      for (int i = 0; i < bits; i++) {
        assertThat(decoder.bit(0)).isEqualTo(i % 50_000 == rare * 7 ? 0 : 1);
      }
    }
  }
}
