package org.jetfold.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** General compressors as a comparison uses them. */
final class GeneralContenderTest {
  /** Behind the stream's header, the block's size and flags, the filter and its one property. */
  private static final int DICTIONARY = 12 + 4;

  /** A table of many short columns must not set up eight megabytes for each. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1200, 0", "5000, 1", "1048576, 16", "9000000, 22"})
  void theDictionaryOfXzIsNoLargerThanTheData(int size, int expected) throws IOException {
    byte[] compressed = GeneralContender.Method.XZ.compress(new byte[size]);
    // Of no bytes there is no block.
    if (size > 0) {
      assertThat(compressed[DICTIONARY]).isEqualTo((byte) expected);
    }
    assertThat(GeneralContender.Method.XZ.decompress(compressed, size)).isEqualTo(new byte[size]);
  }

  /** The bits a value are those of xz with its usual dictionary. */
  @Test
  void aSmallDictionaryCostsNothing() throws IOException {
    byte[] bytes = likeValues(100_000);
    ByteArrayOutputStream usual = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(usual, new LZMA2Options())) {
      xz.write(bytes);
    }
    assertThat((double) GeneralContender.Method.XZ.compress(bytes).length)
        .isEqualTo(usual.size(), within(0.001 * usual.size()));
  }

  @ParameterizedTest
  @EnumSource(GeneralContender.Method.class)
  void whatWasCompressedComesBack(GeneralContender.Method method) throws IOException {
    for (int size : new int[] {1, 4095, 4097, 100_000}) {
      byte[] bytes = likeValues(size);
      assertThat(method.decompress(method.compress(bytes), size)).isEqualTo(bytes);
    }
  }

  private static byte[] likeValues(int size) {
    SplittableRandom random = new SplittableRandom(size);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (random.nextGaussian() * (i < size / 2 ? 3 : 50));
    }
    return bytes;
  }
}
