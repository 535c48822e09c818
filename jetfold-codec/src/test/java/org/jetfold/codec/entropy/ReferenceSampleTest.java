package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References that save little are found, too, and those that save nothing are not. */
class ReferenceSampleTest {
  private static final int COUNT = 40_000;

  /** Symbols of which a part follows from the one before, from hardly any to nearly all. */
  private static long[] chain(double kept, double width) {
    SplittableRandom random = new SplittableRandom(1);
    long[] symbols = new long[COUNT];
    double value = 0;
    for (int i = 0; i < COUNT; i++) {
      value = kept * value + Math.sqrt(1 - kept * kept) * random.nextGaussian();
      symbols[i] = Math.round(value * width);
    }
    return symbols;
  }

  private static FittedDistribution fitted(long[] symbols, Map<Integer, long[]> columns) {
    return FittedDistribution.of(symbols, new int[] {0}, columns, columns::get);
  }

  /** Differences have a deviation of √(2 − 2·0.7) = 0.77 of the symbols': 0.37 bits less. */
  @ParameterizedTest
  @ValueSource(doubles = {30, 100, 300, 1000, 10_000})
  void aGainOfLessThanABitIsTaken(double width) {
    assertThat(fitted(chain(0.7, width), Map.of()).reference()).isEqualTo(Distribution.PREVIOUS);
    assertThat(fitted(chain(0.3, width), Map.of()).reference())
        .isEqualTo(Distribution.NO_REFERENCE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {30, 100, 300, 1000, 10_000})
  void soIsThatOfAnotherColumn(double width) {
    SplittableRandom random = new SplittableRandom(2);
    long[] column = random.doubles(COUNT).mapToLong(x -> (long) (x * width)).toArray();
    long[] near = new long[COUNT];
    long[] far = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      near[i] = column[i] + Math.round(0.2 * width * random.nextGaussian());
      far[i] = Math.round(0.3 * width * random.nextGaussian());
    }
    assertThat(fitted(near, Map.of(3, column)).reference())
        .isEqualTo(Distribution.FIRST_COLUMN + 3);
    assertThat(fitted(far, Map.of(3, column)).reference()).isEqualTo(Distribution.NO_REFERENCE);
  }

  @Test
  void fewSymbolsReferToNothing() {
    assertThat(fitted(new long[] {1, 2, 3, 4}, Map.of()).reference())
        .isEqualTo(Distribution.NO_REFERENCE);
  }
}
