package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of ints are those of longs, or are found to be no ints. */
class IntSymbolsTest {
  private static final int COUNT = 67;
  private static final int CASES = 500;

  /** Numbers of any size up to a limit, which sums then pass now and then. */
  private static int[] numbers(SplittableRandom random) {
    int shift = random.nextInt(32);
    return random.ints(COUNT).map(number -> number >> shift).toArray();
  }

  private static long[] longs(int[] ints) {
    return Arrays.stream(ints).asLongStream().toArray();
  }

  /** What ints should have become, where they say that they have. */
  private static void verify(boolean areInts, int[] found, long[] expected) {
    int[] narrowed = IntSymbols.narrowed(expected, COUNT);
    assertThat(areInts).isEqualTo(narrowed != null);
    if (areInts) {
      assertThat(found).isEqualTo(narrowed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 31, 40})
  void columnsAreAdded(int grid) {
    SplittableRandom random = new SplittableRandom(grid);
    for (int i = 0; i < CASES; i++) {
      int[] differences = numbers(random);
      int[] column = numbers(random);
      long[] expected = longs(differences);
      for (int row = 0; row < COUNT; row++) {
        expected[row] += (long) column[row] >> grid;
      }
      verify(IntSymbols.addColumn(differences, column, COUNT, grid), differences, expected);
    }
  }

  @Test
  void rowsBeforeAreAdded() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < CASES; i++) {
      int[] previous = numbers(random);
      int[] before = previous.clone();
      int[] offsets = random.ints(COUNT, 0, 3).map(context -> context << 12).toArray();
      long[] expected = longs(previous);
      long[] ofLists = expected.clone();
      Differences.undoPrevious(expected, COUNT);
      for (int row = 1; row < COUNT; row++) {
        ofLists[row] += offsets[row] == 0 ? 0 : ofLists[row - 1];
      }
      verify(IntSymbols.addPrevious(previous, COUNT), previous, expected);
      offsets[0] = 0;
      verify(IntSymbols.addBefore(before, offsets, COUNT), before, ofLists);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 31})
  void gridsAreRestored(int grid) {
    SplittableRandom random = new SplittableRandom(grid);
    for (int i = 0; i < CASES; i++) {
      int[] symbols = numbers(random);
      long[] expected = longs(symbols);
      assertThat(Grid.restore(expected, COUNT, grid)).isTrue();
      verify(IntSymbols.restoreGrid(symbols, COUNT, grid), symbols, expected);
    }
  }
}
