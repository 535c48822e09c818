package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Distributions are read as they were written, and cost about what entropy demands. */
class DistributionTest {
  private static final int ROWS = 100_000;

  private static FittedDistribution fitted(long[] symbols) {
    return FittedDistribution.of(symbols, new int[] {0}, Map.of(), column -> symbols);
  }

  @Test
  void manyAreReadAsTheyWereWritten() {
    SplittableRandom random = new SplittableRandom(1);
    DistributionWriter writer = new DistributionWriter();
    List<Distribution> written = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long[] symbols = symbols(random, random.nextInt(random.nextInt(2000) + 1));
      written.add(writer.write(fitted(symbols)));
    }
    byte[] bytes = writer.finish();
    DistributionReader reader = new DistributionReader(bytes, 0, bytes.length, 0);
    for (Distribution expected : written) {
      assertSame(reader.read(), expected);
    }
  }

  private static long[] symbols(SplittableRandom random, int count) {
    long[] symbols = new long[count];
    int mode = random.nextInt(6);
    int shift = random.nextInt(64);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += random.nextInt(3);
      symbols[i] =
          switch (mode) {
            case 0 -> random.nextLong() >> shift;
            case 1 -> (long) (1000 * random.nextGaussian());
            case 2 -> random.nextInt(4) * 1_000_003L;
            case 3 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            case 4 -> sum;
            default -> random.nextInt(3) == 0 ? random.nextLong() : 5;
          };
    }
    return symbols;
  }

  private static void assertSame(Distribution actual, Distribution expected) {
    assertThat(actual.reference()).isEqualTo(expected.reference());
    assertThat(actual.grid()).isEqualTo(expected.grid());
    assertThat(actual.hasEscape()).isEqualTo(expected.hasEscape());
    assertThat(actual.leaves()).isEqualTo(expected.leaves());
    for (int leaf = 0; leaf < expected.leaves(); leaf++) {
      assertThat(actual.first(leaf)).isEqualTo(expected.first(leaf));
      assertThat(actual.level(leaf)).isEqualTo(expected.level(leaf));
    }
    assertThat(actual.shares(16)).isEqualTo(expected.shares(16));
  }

  /** Any bytes describe distributions, or are refused, in no more than the memory allowed. */
  @Test
  void anyBytesAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      DistributionReader reader = new DistributionReader(bytes, 0, bytes.length, 1000);
      try {
        for (int k = 0; k < 20; k++) {
          Distribution distribution = reader.read();
          assertThat(distribution.leaves()).isLessThanOrEqualTo(Distribution.MAXIMUM_LEAVES);
        }
      } catch (MalformedBytesException e) {
        assertThat(e.offset()).isEqualTo(1000);
      }
    }
  }

  /** A few bytes each for the largest distributions: they are refused before memory is full. */
  @Tag("slow")
  @Test
  void leavesTogetherAreLimited() {
    BinaryEncoder encoder = new BinaryEncoder(DistributionContexts.fresh());
    int distributions = 600;
    for (int i = 0; i < distributions; i++) {
      encoder.number(DistributionContexts.REFERENCE, 0);
      encoder.number(DistributionContexts.TOTAL, 1 << 20);
      encoder.number(DistributionContexts.GRID, 0);
      encoder.bit(DistributionContexts.ESCAPE, 0);
      encoder.number(DistributionContexts.LEVEL, 15);
      encoder.number(DistributionContexts.PLACE, 0);
      halve(encoder, 15, 1 << 20);
    }
    byte[] bytes = encoder.finish();
    assertThat(bytes.length).isLessThan(100 * distributions);
    DistributionReader reader = new DistributionReader(bytes, 0, bytes.length, 0);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < distributions; i++) {
                // Not kept here: the reader counts what it gave out.
                reader.read();
              }
            })
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("together");
  }

  private static void halve(BinaryEncoder encoder, int level, int n) {
    if (level > 0) {
      encoder.bit(DistributionContexts.leaf(n, level), 0);
      encoder.bit(DistributionContexts.both(n, level), 1);
      encoder.number(DistributionContexts.SPLIT, 0);
      halve(encoder, level - 1, n / 2);
      halve(encoder, level - 1, n / 2);
    }
  }

  private static long codedBits(long[] symbols) {
    DistributionWriter writer = new DistributionWriter();
    Distribution distribution = writer.write(fitted(symbols));
    ByteWriter out = new ByteWriter();
    new StreamEncoder(distribution)
        .encode(symbols, 0, symbols.length, null, out, new StreamBuffers());
    return 8L * (out.size() + writer.finish().length);
  }

  private static double entropyBits(long[] symbols) {
    Map<Long, Integer> counts = new TreeMap<>();
    Arrays.stream(symbols).forEach(symbol -> counts.merge(symbol, 1, Integer::sum));
    double bits = 0;
    for (int count : counts.values()) {
      bits -= count * (Math.log((double) count / symbols.length) / Math.log(2));
    }
    return bits;
  }

  /** Tables included, at most 1.2 % over the order-0 entropy of the symbols themselves. */
  @Test
  void costsAreNearTheEntropy() {
    SplittableRandom random = new SplittableRandom(4);
    for (int kind = 0; kind < 6; kind++) {
      long[] symbols = new long[ROWS];
      for (int i = 0; i < ROWS; i++) {
        symbols[i] =
            switch (kind) {
              case 0 -> Math.round(300 * random.nextGaussian());
              case 1 -> (long) (-200 * Math.log(1 - random.nextDouble()));
              case 2 -> random.nextInt(7) * (long) random.nextInt(7);
              case 3 -> random.nextInt(3) == 0 ? -1000 : Math.round(100 * random.nextGaussian());
              case 4 -> 1 << random.nextInt(20);
              default -> Math.round(20 * random.nextGaussian()) + (random.nextBoolean() ? 500 : 0);
            };
      }
      assertThat(codedBits(symbols) / entropyBits(symbols)).as("kind %d", kind).isLessThan(1.012);
    }
  }

  @Test
  void noiseIsNeverLargerThanItself() {
    SplittableRandom random = new SplittableRandom(5);
    for (int bits : new int[] {1, 8, 16, 31, 32, 33, 63, 64}) {
      long[] symbols = new long[ROWS];
      for (int i = 0; i < ROWS; i++) {
        symbols[i] = random.nextLong() >> (64 - bits);
      }
      assertThat((double) codedBits(symbols)).isLessThan(1.01 * bits * ROWS);
    }
  }

  @Test
  void constantsAndCountersCostNothingToSpeakOf() {
    long[] constant = new long[ROWS];
    Arrays.fill(constant, -123_456_789_012L);
    assertThat(codedBits(constant)).isLessThan(8 * 30);
    long[] counter = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      counter[i] = 5_000_000_000L + i;
    }
    assertThat(codedBits(counter)).isLessThan(8 * 100);
  }

  /** Floats of few mantissa bits, and whole numbers in floats, cost what their upper bits do. */
  @Test
  void lowBitsThatTheSignTellsCostNothing() {
    SplittableRandom random = new SplittableRandom(7);
    for (int grid = 0; grid < 40; grid++) {
      long[] upper = new long[1000];
      long[] symbols = new long[upper.length];
      for (int i = 0; i < upper.length; i++) {
        upper[i] = Math.round(3000 * random.nextGaussian());
        symbols[i] = upper[i] < 0 ? ~(~upper[i] << grid) : upper[i] << grid;
      }
      assertThat(codedBits(symbols) - codedBits(upper)).as("grid %d", grid).isLessThan(24);
    }
  }

  /**
   * A value that occurs again costs its place and what tells it from others, not a chain of halves.
   */
  @Test
  void symbolsFarApartCostTheirPlaceOnce() {
    SplittableRandom random = new SplittableRandom(8);
    long[] symbols = new long[16_000];
    for (int i = 0; i < 100; i++) {
      symbols[i] = random.nextLong() >> 4;
    }
    for (int i = 100; i < symbols.length; i++) {
      symbols[i] = symbols[i - 100];
    }
    assertThat(codedBits(symbols) - entropyBits(symbols)).isLessThan(100 * (60 + 8));
  }

  @Test
  void referencesAreFound() {
    SplittableRandom random = new SplittableRandom(6);
    long[] one = new long[ROWS];
    long[] other = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      one[i] = random.nextLong() >>> 20;
      other[i] = one[i] + random.nextInt(5);
    }
    assertThat(
            FittedDistribution.of(other, new int[] {0}, Map.of(3, one), column -> one).reference())
        .isEqualTo(Distribution.FIRST_COLUMN + 3);
    assertThat(fitted(one).reference()).isEqualTo(Distribution.NO_REFERENCE);
    Arrays.sort(one);
    assertThat(
            FittedDistribution.of(one, new int[] {0, 500, 70_000}, Map.of(), column -> one)
                .reference())
        .isEqualTo(Distribution.PREVIOUS);
  }
}
