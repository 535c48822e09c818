package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.entropy.Contexts.KnownRows;
import org.jspecify.annotations.Nullable;

/**
 * Distributions fitted to a stream's differences in each of its contexts, and these differences.
 * Immutable.
 */
public final class FittedContexts implements FittedStream {
  /** About what is told beside the distributions: kinds, columns, and a few bits each limit. */
  private static final double BITS_OF_CONTEXTS = 16;

  private static final double BITS_OF_LIMIT = 16;

  private final Contexts contexts;
  private final int grid;
  private final List<FittedDistribution> distributions = new ArrayList<>();
  private final Symbols differences;
  private final byte[] ofRows;

  private FittedContexts(Contexts contexts, int grid, Symbols differences, byte[] ofRows) {
    this.contexts = contexts;
    this.grid = grid;
    this.differences = differences;
    this.ofRows = ofRows;
    for (CountedCells counts : CountedCells.of(differences, ofRows, contexts.number())) {
      distributions.add(FittedDistribution.ofDifferences(counts, contexts.number()));
    }
  }

  /**
   * Fits distributions.
   *
   * @param symbols of the stream in all blocks that will share them
   * @param rows what is known of each
   */
  public static FittedContexts of(Symbols symbols, Contexts contexts, KnownRows rows) {
    byte[] ofRows = RowOffsets.contexts(contexts, rows);
    if (symbols instanceof Symbols.Ints(int[] ints)) {
      int grid = Grid.of(ints, ofRows.length);
      int[] differences = differences(ints, grid, contexts.reference(), ofRows, rows);
      if (differences != null) {
        return new FittedContexts(contexts, grid, new Symbols.Ints(differences), ofRows);
      }
    }
    return of(symbols.asLongs(ofRows.length), contexts, rows, ofRows);
  }

  /** What is coded of symbols that are ints; null where it may be none. */
  private static int @Nullable [] differences(
      int[] symbols, int grid, Contexts.Reference reference, byte[] ofRows, KnownRows rows) {
    int count = ofRows.length;
    int[] differences = new int[count];
    for (int i = 0; i < count; i++) {
      differences[i] = symbols[i] >> grid;
    }
    return switch (reference) {
      case Contexts.Reference.None() -> differences;
      case Contexts.Reference.RowBefore() ->
          IntSymbols.subtractBefore(differences, ofRows) ? differences : null;
      case Contexts.Reference.OtherColumn(int column) -> {
        int[] told = rows.toldAsInts(column);
        boolean areInts = told != null && IntSymbols.subtractColumn(differences, told, count, grid);
        yield areInts ? differences : null;
      }
    };
  }

  private static FittedContexts of(
      long[] symbols, Contexts contexts, KnownRows rows, byte[] ofRows) {
    int grid = Grid.of(symbols);
    long[] differences = new long[symbols.length];
    for (int i = 0; i < symbols.length; i++) {
      differences[i] = symbols[i] >> grid;
    }
    switch (contexts.reference()) {
      case Contexts.Reference.None() -> {}
      case Contexts.Reference.RowBefore() -> {
        for (int i = symbols.length - 1; i > 0; i--) {
          differences[i] -= ofRows[i] == 0 ? 0 : differences[i - 1];
        }
      }
      case Contexts.Reference.OtherColumn(int column) -> {
        long[] told = rows.told(column);
        for (int i = 0; i < symbols.length; i++) {
          differences[i] -= told[i] >> grid;
        }
      }
    }
    return new FittedContexts(contexts, grid, new Symbols.Longs(differences), ofRows);
  }

  @Override
  public double bits() {
    return bitsOf(contexts) + distributions.stream().mapToDouble(FittedDistribution::bits).sum();
  }

  /** About how many bits are told of contexts beside their distributions. */
  static double bitsOf(Contexts contexts) {
    return BITS_OF_CONTEXTS + contexts.limits().size() * BITS_OF_LIMIT;
  }

  @Override
  public StreamCoding coding() {
    DistributionWriter writer = new DistributionWriter();
    return new StreamCoding(contexts, grid, distributions.stream().map(writer::write).toList());
  }

  Contexts contexts() {
    return contexts;
  }

  int grid() {
    return grid;
  }

  List<FittedDistribution> distributions() {
    return distributions;
  }

  /** What is coded of each symbol; not to be changed. */
  Symbols differences() {
    return differences;
  }

  /** The context of each symbol; not to be changed. */
  byte[] contextsOfRows() {
    return ofRows;
  }
}
