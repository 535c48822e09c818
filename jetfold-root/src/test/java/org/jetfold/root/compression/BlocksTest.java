package org.jetfold.root.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;
import org.jetfold.root.RootFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BlocksTest {
  private static final byte[] DATA = data(100_000);

  private static byte[] data(int length) {
    Random random = new Random(1);
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) random.nextInt(7);
    }
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZL", "CS", "XZ", "L4", "ZS"})
  void unpacksOneBlock(String algorithm) throws IOException {
    byte[] packed = block(algorithm, DATA);
    assertThat(unpack(packed, DATA.length)).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZL", "CS", "XZ", "L4", "ZS"})
  void unpacksSeveralBlocks(String algorithm) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(block(algorithm, Arrays.copyOf(DATA, 60_000)));
    packed.write(block("ZL", Arrays.copyOfRange(DATA, 60_000, DATA.length)));
    assertThat(unpack(packed.toByteArray(), DATA.length)).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZL", "CS", "XZ", "L4", "ZS"})
  void everyPrefixIsAnError(String algorithm) throws IOException {
    byte[] packed = block(algorithm, Arrays.copyOf(DATA, 3000));
    for (int length = 0; length < packed.length; length++) {
      byte[] prefix = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpack(prefix, 3000)).isInstanceOf(RootFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZL", "XZ", "L4"})
  void aDamagedBlockIsAnError(String algorithm) throws IOException {
    byte[] packed = block(algorithm, DATA);
    packed[packed.length / 2] ^= 1;
    assertThatThrownBy(() -> unpack(packed, DATA.length))
        .isInstanceOf(RootFormatException.class)
        .hasMessageContaining("file.root: byte 100");
  }

  @Test
  void whatIsNotPackedIsCopied() throws IOException {
    assertThat(unpack(DATA, DATA.length)).isEqualTo(DATA).isNotSameAs(DATA);
  }

  @Test
  void aLengthThatTheBlocksCannotHoldAllocatesNothing() {
    byte[] packed = new byte[20];
    byte[] head = {'Z', 'L', 8, 11, 0, 0, -1, -1, -1};
    System.arraycopy(head, 0, packed, 0, head.length);
    assertThatThrownBy(() -> unpack(packed, 0xFFFFFF))
        .isInstanceOf(RootFormatException.class)
        .hasMessageContaining("a packed block of 11 bytes that unpacks to 16777215");
    assertThatThrownBy(() -> unpack(block("ZS", DATA), Integer.MAX_VALUE))
        .isInstanceOf(RootFormatException.class);
  }

  @Test
  void anUnknownAlgorithmIsNamed() {
    byte[] packed = {'Q', 'Q', 0, 1, 0, 0, 5, 0, 0, 0};
    assertThatThrownBy(() -> unpack(packed, 5))
        .hasMessageContaining("an unknown compression: bytes 51 51");
  }

  private static byte[] unpack(byte[] packed, long length) throws RootFormatException {
    return Blocks.unpack(packed, 0, packed.length, length, "file.root", 1000);
  }

  /** A block as ROOT writes it. */
  private static byte[] block(String algorithm, byte[] data) throws IOException {
    byte[] packed =
        switch (algorithm) {
          case "ZL" -> deflated(data, false);
          case "CS" -> deflated(data, true);
          case "XZ" -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(1))) {
              xz.write(data);
            }
            yield out.toByteArray();
          }
          case "L4" -> {
            byte[] plain = LZ4Factory.safeInstance().fastCompressor().compress(data);
            long hash = XXHashFactory.safeInstance().hash64().hash(plain, 0, plain.length, 0);
            yield ByteBuffer.allocate(plain.length + 8).putLong(hash).put(plain).array();
          }
          default -> Zstd.compress(data);
        };
    ByteBuffer out = ByteBuffer.allocate(9 + packed.length);
    out.put((byte) algorithm.charAt(0)).put((byte) algorithm.charAt(1)).put((byte) 8);
    for (int size : new int[] {packed.length, data.length}) {
      out.put((byte) size).put((byte) (size >> 8)).put((byte) (size >> 16));
    }
    return out.put(packed).array();
  }

  private static byte[] deflated(byte[] data, boolean bare) {
    Deflater deflater = new Deflater(6, bare);
    try {
      deflater.setInput(data);
      deflater.finish();
      byte[] buffer = new byte[data.length + 100];
      int length = deflater.deflate(buffer);
      return Arrays.copyOf(buffer, length);
    } finally {
      deflater.end();
    }
  }
}
