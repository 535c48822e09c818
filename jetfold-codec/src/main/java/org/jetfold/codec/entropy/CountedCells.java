package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.List;

/**
 * How often symbols occur in aligned cells of 2^level symbols each. The cells are single symbols
 * but where symbols are so many that few come twice: there a distribution is as smooth as a
 * histogram, and some thousand cells tell as much as all symbols, without sorting them.
 *
 * @param counts of the cells, each numbered by its symbols without their lowest bits
 * @param level of a cell, from 0 to 63
 */
record CountedCells(SymbolCounts counts, int level) {
  /** So many symbols, spread evenly, tell whether symbols come twice and how far apart they are. */
  private static final int SAMPLE = 2048;

  /** Fewer symbols are soon counted. */
  private static final int FEWEST = 2 * SAMPLE;

  /** The most symbols of the sample that may be equal to the one before them in order. */
  private static final int MOST_EQUAL = 64;

  /** A symbol that the sample has so often may be worth a leaf of its own. */
  private static final int OFTEN = 4;

  /** Counts all symbols of an array, in cells where that suffices. */
  static CountedCells of(long[] symbols) {
    int level = level(new Symbols.Longs(symbols), symbols.length);
    return new CountedCells(SymbolCounts.of(Grid.without(symbols, symbols.length, level)), level);
  }

  /** Counts each symbol by itself. */
  static CountedCells single(SymbolCounts counts) {
    return new CountedCells(counts, 0);
  }

  /**
   * Counts the symbols of each context.
   *
   * @param contexts of the symbols, below {@code number}
   */
  static List<CountedCells> of(Symbols symbols, byte[] contexts, int number) {
    int level = level(symbols, contexts.length);
    return SymbolCounts.of(cells(symbols, contexts.length, level), contexts, number).stream()
        .map(counts -> new CountedCells(counts, level))
        .toList();
  }

  private static Symbols cells(Symbols symbols, int count, int level) {
    if (level == 0) {
      return symbols;
    }
    return switch (symbols) {
      case Symbols.Ints(int[] ints) -> {
        int[] cells = new int[count];
        for (int i = 0; i < count; i++) {
          // All bits of an int but its sign are gone at a level of 31.
          cells[i] = ints[i] >> Math.min(level, Integer.SIZE - 1);
        }
        yield new Symbols.Ints(cells);
      }
      case Symbols.Longs(long[] longs) -> new Symbols.Longs(Grid.without(longs, count, level));
    };
  }

  private static int level(Symbols symbols, int count) {
    if (count < FEWEST) {
      return 0;
    }
    long[] sample = new long[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      int at = (int) ((long) i * count / SAMPLE);
      sample[i] =
          switch (symbols) {
            case Symbols.Ints(int[] ints) -> ints[at];
            case Symbols.Longs(long[] longs) -> longs[at];
          };
    }
    Arrays.sort(sample);
    if (repeats(sample)) {
      return 0;
    }
    // Cells of two to four times the lower quartile of the gaps: fine enough where symbols lie
    // closest, however far apart the parts are in which they lie.
    long[] gaps = new long[SAMPLE - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = sample[i + 1] - sample[i];
    }
    Arrays.sort(gaps);
    long quartile = gaps[gaps.length / 4];
    return quartile <= 0 ? 0 : Long.SIZE + 1 - Long.numberOfLeadingZeros(quartile);
  }

  private static boolean repeats(long[] sorted) {
    int equal = 0;
    for (int i = 1; i < sorted.length; i++) {
      equal += sorted[i] == sorted[i - 1] ? 1 : 0;
      if (i >= OFTEN - 1 && sorted[i] == sorted[i - OFTEN + 1]) {
        return true;
      }
    }
    return equal > MOST_EQUAL;
  }
}
