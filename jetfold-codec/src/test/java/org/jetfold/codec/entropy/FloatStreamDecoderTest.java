package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Values that come straight from a stream are those of its symbols. */
class FloatStreamDecoderTest {
  private static Distribution distribution(SplittableRandom random, int grid, int highestLevel) {
    LeafList leaves = new LeafList();
    long first = random.nextInt(-5000, 5000);
    int number = random.nextInt(2, 60);
    for (int leaf = 0; leaf < number; leaf++) {
      int level = random.nextInt(highestLevel + 1);
      leaves.add(first, level, random.nextInt(1, 1000));
      first += (1L << level) + random.nextInt(3);
    }
    return leaves.toDistribution(Distribution.NO_REFERENCE, grid, false);
  }

  private static float valueOf(long symbol) {
    return Float.intBitsToFloat((int) symbol);
  }

  private static float[] valuesOf(long[] symbols) {
    float[] values = new float[symbols.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = valueOf(symbols[i]);
    }
    return values;
  }

  private static long[] symbols(Distribution distribution, SplittableRandom random, int count) {
    long[] symbols = new long[count];
    for (int i = 0; i < count; i++) {
      int leaf = random.nextInt(distribution.leaves());
      symbols[i] = distribution.first(leaf) + random.nextLong(1L << distribution.level(leaf));
    }
    Grid.restore(symbols, count, distribution.grid());
    return symbols;
  }

  @Test
  void valuesAreThoseOfTheSymbols() {
    RandomCase.each(
        300,
        any -> {
          SplittableRandom random = new SplittableRandom(any.bits());
          Distribution distribution = distribution(random, any.between(0, 9), 7);
          int count = any.between(0, 1) == 0 ? any.between(0, 300) : any.between(4090, 5000);
          long[] symbols = symbols(distribution, random, count);
          FloatStreamDecoder decoder =
              FloatStreamDecoder.of(distribution, FloatStreamDecoderTest::valuesOf);
          long places = 0;
          for (int leaf = 0; leaf < distribution.leaves(); leaf++) {
            places += 1L << distribution.level(leaf);
          }
          assertThat(decoder == null).isEqualTo(places > distribution.total());
          if (decoder == null) {
            return;
          }
          ByteWriter out = new ByteWriter();
          StreamBuffers buffers = new StreamBuffers();
          new StreamEncoder(distribution).encode(symbols, 0, count, null, out, buffers);
          float[] written = new float[count];
          decoder.restore(symbols, 0, count, buffers, written);
          float[] read = new float[count];
          decoder.decode(new ByteReader(out.toByteArray(), 0), read, count, buffers);
          assertThat(read).isEqualTo(valuesOf(symbols));
          assertThat(written).isEqualTo(read);
        });
  }

  /** Symbols without a value, or too many of them, are left to the decoder of symbols. */
  @Test
  void otherDistributionsAreLeftAlone() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(FloatStreamDecoder.of(distribution(random, 0, 3), _ -> null)).isNull();
    LeafList wide = new LeafList();
    wide.add(0, 20, 1 << 30);
    wide.add(1 << 20, 20, 1 << 30);
    assertThat(
            FloatStreamDecoder.of(
                wide.toDistribution(Distribution.NO_REFERENCE, 0, false),
                FloatStreamDecoderTest::valuesOf))
        .isNull();
    LeafList escaping = new LeafList();
    escaping.add(0, 0, 100);
    escaping.add(0, 64, 1);
    assertThat(
            FloatStreamDecoder.of(
                escaping.toDistribution(Distribution.NO_REFERENCE, 0, true),
                FloatStreamDecoderTest::valuesOf))
        .isNull();
    LeafList differing = new LeafList();
    differing.add(0, 0, 100);
    differing.add(1, 0, 100);
    assertThat(
            FloatStreamDecoder.of(
                differing.toDistribution(Distribution.PREVIOUS, 0, false),
                FloatStreamDecoderTest::valuesOf))
        .isNull();
  }

  @Test
  void anyBytesDecodeOrAreRefused() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      Distribution distribution = distribution(random, 0, 4);
      FloatStreamDecoder decoder =
          FloatStreamDecoder.of(distribution, FloatStreamDecoderTest::valuesOf);
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      int count = random.nextBoolean() ? random.nextInt(100) : 4096 + random.nextInt(100);
      if (decoder == null) {
        continue;
      }
      try {
        decoder.decode(new ByteReader(bytes, 0), new float[count], count, new StreamBuffers());
      } catch (MalformedBytesException e) {
        assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      }
    }
  }
}
