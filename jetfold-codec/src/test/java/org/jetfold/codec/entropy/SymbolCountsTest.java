package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts are right, however the range of the symbols grows from piece to piece. */
class SymbolCountsTest {
  private static void check(long[] symbols) {
    Map<Long, Integer> expected = new TreeMap<>();
    for (long symbol : symbols) {
      expected.merge(symbol, 1, Integer::sum);
    }
    SymbolCounts counts = SymbolCounts.of(symbols.clone());
    assertThat(counts.symbols())
        .isEqualTo(expected.keySet().stream().mapToLong(Long::longValue).toArray());
    assertThat(counts.counts())
        .isEqualTo(expected.values().stream().mapToInt(Integer::intValue).toArray());
    assertThat(counts.total()).isEqualTo(symbols.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 2047, 2048, 2049, 20_001})
  void symbolsNearEachOther(int size) {
    SplittableRandom random = new SplittableRandom(size);
    check(random.longs(size, -50, 50).toArray());
  }

  @Test
  void rangesThatGrowInEitherDirection() {
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < 60; run++) {
      long[] symbols = new long[30_000];
      double growth = run % 2 == 0 ? 1.0005 : 1.0001;
      double width = 1;
      long drift = run % 3 - 1L;
      for (int i = 0; i < symbols.length; i++) {
        width *= growth;
        symbols[i] = random.nextLong(-1 - (long) width, 1 + (long) width) + drift * i;
      }
      check(symbols);
    }
  }

  /** At the ends of all symbols, where differences and the table's start wrap around. */
  @Test
  void extremes() {
    SplittableRandom random = new SplittableRandom(2);
    long[] low = random.longs(9000, Long.MIN_VALUE, Long.MIN_VALUE + 1000).toArray();
    long[] high = random.longs(9000, Long.MAX_VALUE - 1000, Long.MAX_VALUE).toArray();
    check(low);
    check(high);
    long[] both = Arrays.copyOf(low, 18_000);
    System.arraycopy(high, 0, both, 9000, 9000);
    check(both);
    check(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, Long.MIN_VALUE});
  }

  /** Clusters with millions of symbols between them, as zeros and both signs make them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 60, 5000, 30_000})
  void clustersThatAreFarApart(int clusters) {
    SplittableRandom random = new SplittableRandom(clusters);
    long[] middles = random.longs(clusters).toArray();
    long[] symbols = new long[40_000];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = middles[random.nextInt(clusters)] + random.nextInt(700);
    }
    check(symbols);
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] >>= 36;
    }
    check(symbols);
  }

  /** The largest range that is counted in a table, and the smallest that is counted in pages. */
  @ParameterizedTest
  @ValueSource(longs = {(1 << 18) - 1, 1 << 18, (1 << 18) + 1})
  void rangesThatAreJustSmallEnough(long largest) {
    long[] symbols = new long[5000];
    symbols[4999] = largest;
    check(symbols);
    Arrays.fill(symbols, 0, 2500, -7);
    check(symbols);
  }
}
