package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions fitted to cells hold every symbol, and cost no more than those of symbols. */
class CountedCellsTest {
  private static final int COUNT = 30_000;

  private static long[] symbols(long seed, LongUnaryOperator change) {
    SplittableRandom random = new SplittableRandom(seed);
    double width = Math.scalb(1.0, random.nextInt(20, 60));
    return LongStream.range(0, COUNT)
        .map(i -> change.applyAsLong((long) (width * random.nextGaussian())))
        .toArray();
  }

  private static Distribution written(CountedCells cells) {
    return new DistributionWriter().write(FittedDistribution.ofDifferences(cells, 1));
  }

  private static byte[] coded(Distribution distribution, long[] symbols) {
    ByteWriter out = new ByteWriter();
    new StreamEncoder(distribution)
        .encode(symbols, 0, symbols.length, null, out, new StreamBuffers());
    return out.toByteArray();
  }

  private static void check(long[] symbols) {
    CountedCells cells = CountedCells.of(symbols);
    assertThat(cells.level()).isPositive();
    assertThat(cells.counts().total()).isEqualTo(symbols.length);
    Distribution distribution = written(cells);
    for (int leaf = 0; leaf < distribution.leaves(); leaf++) {
      assertThat(distribution.level(leaf)).isGreaterThanOrEqualTo(cells.level());
    }
    byte[] bytes = coded(distribution, symbols);
    long[] decoded = new long[symbols.length];
    new StreamDecoder(distribution)
        .decode(new ByteReader(bytes, 0), decoded, symbols.length, null, new StreamBuffers());
    assertThat(decoded).isEqualTo(symbols);
    int single = coded(written(CountedCells.single(SymbolCounts.of(symbols))), symbols).length;
    assertThat(bytes.length).isLessThan((int) (single * 1.002));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void symbolsFarApartAreCountedTogether(long seed) {
    check(symbols(seed, LongUnaryOperator.identity()));
  }

  /** A few symbols at either end of all: cells of one symbol, far from the others. */
  @Test
  void fewSymbolsFarAway() {
    check(
        symbols(
            9,
            symbol ->
                switch (Math.floorMod(symbol, 4001)) {
                  case 0 -> Long.MIN_VALUE + Math.floorMod(symbol, 5);
                  case 1 -> Long.MAX_VALUE;
                  default -> symbol;
                }));
  }

  /** One symbol in a hundred is the same: it has a leaf of its own. */
  @Test
  void aSymbolThatComesOftenIsCountedAlone() {
    long[] symbols = symbols(10, symbol -> Math.floorMod(symbol, 100) == 0 ? 77 : symbol);
    CountedCells cells = CountedCells.of(symbols);
    assertThat(cells.level()).isZero();
    Distribution distribution = written(cells);
    assertThat(
            IntStream.range(0, distribution.leaves())
                .filter(leaf -> distribution.first(leaf) == 77 && distribution.level(leaf) == 0))
        .hasSize(1);
  }

  @Test
  void contextsHaveTheCellsOfAll() {
    for (boolean asInts : new boolean[] {true, false}) {
      SplittableRandom random = new SplittableRandom(11);
      long[] symbols = random.ints(COUNT).asLongStream().toArray();
      byte[] contexts = new byte[COUNT];
      for (int i = 0; i < COUNT; i++) {
        contexts[i] = (byte) (symbols[i] < 0 ? 0 : 1 + i % 2);
      }
      Symbols given =
          asInts
              ? new Symbols.Ints(LongStream.of(symbols).mapToInt(Math::toIntExact).toArray())
              : new Symbols.Longs(symbols);
      int total = 0;
      for (CountedCells cells : CountedCells.of(given, contexts, 3)) {
        assertThat(cells.level()).isEqualTo(CountedCells.of(symbols).level()).isPositive();
        total += cells.counts().total();
      }
      assertThat(total).isEqualTo(COUNT);
    }
  }
}
