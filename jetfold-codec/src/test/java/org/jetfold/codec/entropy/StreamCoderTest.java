package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of symbols with distributions of any size, and raw bits of any level. */
class StreamCoderTest {
  /** Every number of leaves up to 300, then some of each size; all with the property. */
  static IntStream leaves() {
    boolean all = Boolean.getBoolean("jetfold.exhaustive");
    return IntStream.rangeClosed(1, Distribution.MAXIMUM_LEAVES)
        .filter(m -> all || m <= 300 || m % 331 == 0 || Integer.bitCount(m) == 1)
        .filter(m -> all || m < 30_000 || m > 32_700);
  }

  private static Distribution distribution(int leaves, SplittableRandom random) {
    LeafList list = new LeafList();
    long first = random.nextLong(-100_000, 100_000);
    int mode = random.nextInt(3);
    for (int k = 0; k < leaves; k++) {
      int weight = mode == 0 ? 1 : mode == 1 ? 1 + random.nextInt(50) : k == 0 ? 1 << 30 : 1;
      list.add(first, 0, weight);
      first += 1 + random.nextInt(3);
    }
    return list.toDistribution(Distribution.NO_REFERENCE, 0, false);
  }

  private static byte[] encoded(Distribution distribution, long[] symbols) {
    ByteWriter out = new ByteWriter();
    new StreamEncoder(distribution)
        .encode(symbols, 0, symbols.length, null, out, new StreamBuffers());
    return out.toByteArray();
  }

  private static long[] decoded(Distribution distribution, byte[] bytes, int count) {
    long[] symbols = new long[count];
    new StreamDecoder(distribution)
        .decode(new ByteReader(bytes, 0), symbols, count, null, new StreamBuffers());
    return symbols;
  }

  @Test
  void everyNumberOfLeavesWorks() {
    leaves()
        .forEach(m -> {
          SplittableRandom random = new SplittableRandom(m);
          Distribution distribution = distribution(m, random);
          int count = m % 50 == 0 ? 5000 : 60;
          long[] symbols = new long[count];
          for (int i = 0; i < count; i++) {
            symbols[i] = distribution.first(random.nextInt(m));
          }
          byte[] bytes = encoded(distribution, symbols);
          assertThat(decoded(distribution, bytes, count)).as("%d leaves", m).isEqualTo(symbols);
        });
  }

  /** Each symbol is in the leaf that a search finds, however far leaves are apart. */
  @ParameterizedTest
  @ValueSource(longs = {40, 1 << 16, 1 << 20, 1L << 30, 1L << 50})
  void leavesFarApartAreFound(long gap) {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LeafList list = new LeafList();
      long first = -gap * 20;
      for (int leaf = 0; leaf < 60; leaf++) {
        int level = random.nextInt(seed < 10 ? 11 : 36);
        list.add(first, level, 1);
        first += (1L << level) + random.nextLong(gap);
      }
      Distribution distribution = list.toDistribution(Distribution.NO_REFERENCE, 0, false);
      long[] symbols = new long[3000];
      char[] expected = new char[symbols.length];
      for (int i = 0; i < symbols.length; i++) {
        int leaf = random.nextInt(60);
        expected[i] = (char) leaf;
        symbols[i] = distribution.first(leaf) + random.nextLong(1L << distribution.level(leaf));
      }
      char[] found = new char[symbols.length];
      LeafIndex index = new LeafIndex(distribution);
      index.leavesOf(symbols, 0, symbols.length, found);
      assertThat(found).isEqualTo(expected);
      long outside = first + 1;
      assertThatThrownBy(() -> index.leavesOf(new long[] {outside}, 0, 1, found))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 4094, 4095, 4096, 4097, 4098, 4099, 4100, 10_001})
  void everyNumberOfSymbolsWorks(int count) {
    SplittableRandom random = new SplittableRandom(count);
    Distribution distribution = distribution(100, random);
    long[] symbols = new long[count];
    for (int i = 0; i < count; i++) {
      symbols[i] = distribution.first(random.nextInt(100));
    }
    byte[] bytes = encoded(distribution, symbols);
    assertThat(decoded(distribution, bytes, count)).isEqualTo(symbols);
    // Neither more nor less is accepted.
    for (byte[] wrong :
        new byte[][] {
          Arrays.copyOf(bytes, bytes.length - 1), Arrays.copyOf(bytes, bytes.length + 1)
        }) {
      assertThatThrownBy(() -> decoded(distribution, wrong, count))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  @Test
  void whatBuffersHeldBeforeDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(7);
    StreamBuffers buffers = new StreamBuffers();
    for (int leaves : new int[] {300, 1, 2, 40, 1}) {
      for (int count : new int[] {9000, 3, 4096, 0, 5000}) {
        Distribution distribution = distribution(leaves, random);
        long[] symbols = new long[count + 10];
        for (int i = 0; i < symbols.length; i++) {
          symbols[i] = distribution.first(random.nextInt(leaves));
        }
        ByteWriter out = new ByteWriter();
        new StreamEncoder(distribution).encode(symbols, 10, count, null, out, buffers);
        long[] expected = Arrays.copyOfRange(symbols, 10, count + 10);
        assertThat(out.toByteArray()).isEqualTo(encoded(distribution, expected));
        long[] decoded = new long[count];
        new StreamDecoder(distribution)
            .decode(new ByteReader(out.toByteArray(), 0), decoded, count, null, buffers);
        assertThat(decoded).isEqualTo(expected);
      }
    }
  }

  static IntStream levels() {
    return IntStream.rangeClosed(0, 64);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void everyLevelOfRawBitsWorks(int level) {
    SplittableRandom random = new SplittableRandom(level);
    LeafList list = new LeafList();
    long first = level == 64 ? Long.MIN_VALUE : level == 63 ? 0 : -1;
    list.add(first, level, 3);
    if (level < 62) {
      // Leaves of other levels in between shift the bits to every place in a byte.
      list.add(first + (1L << level), 3, 2);
      list.add(first + (1L << level) + 8, 0, 2);
    }
    Distribution distribution = list.toDistribution(Distribution.NO_REFERENCE, 0, false);
    int count = 4200;
    long[] symbols = new long[count];
    for (int i = 0; i < count; i++) {
      int leaf = random.nextInt(distribution.leaves());
      int bits = distribution.level(leaf);
      long offset = bits == 0 ? 0 : random.nextLong() >>> (64 - bits);
      symbols[i] = distribution.first(leaf) + offset;
    }
    byte[] bytes = encoded(distribution, symbols);
    assertThat(decoded(distribution, bytes, count)).isEqualTo(symbols);
  }

  @Test
  void escapesCarryAnySymbol() {
    LeafList list = new LeafList();
    list.add(10, 4, 7);
    list.add(100, 0, 2);
    list.add(0, 64, 1);
    Distribution distribution = list.toDistribution(Distribution.NO_REFERENCE, 0, true);
    long[] symbols = {10, 25, 26, 9, 100, 101, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 12};
    byte[] bytes = encoded(distribution, symbols);
    assertThat(decoded(distribution, bytes, symbols.length)).isEqualTo(symbols);
  }

  @Test
  void aSymbolWithoutLeafIsRefused() {
    Distribution distribution = distribution(5, new SplittableRandom(1));
    long beyond = distribution.first(4) + 1;
    assertThatThrownBy(() -> encoded(distribution, new long[] {beyond}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyBytesDecodeOrAreRefused() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3000; i++) {
      Distribution distribution = distribution(1 + random.nextInt(400), random);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      int count = random.nextBoolean() ? random.nextInt(100) : 4096 + random.nextInt(100);
      try {
        decoded(distribution, bytes, count);
      } catch (MalformedBytesException e) {
        assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      }
    }
  }
}
