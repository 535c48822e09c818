package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.entropy.Contexts.KnownRows;

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
  private final long[] differences;
  private final byte[] ofRows;

  private FittedContexts(Contexts contexts, int grid, long[] differences, byte[] ofRows) {
    this.contexts = contexts;
    this.grid = grid;
    this.differences = differences;
    this.ofRows = ofRows;
    for (SymbolCounts counts : SymbolCounts.of(differences, ofRows, contexts.number())) {
      distributions.add(FittedDistribution.ofDifferences(counts, contexts.number()));
    }
  }

  /**
   * Fits distributions.
   *
   * @param symbols of the stream in all blocks that will share them
   * @param rows what is known of each
   */
  public static FittedContexts of(long[] symbols, Contexts contexts, KnownRows rows) {
    byte[] ofRows = new byte[symbols.length];
    contexts.fill(rows, ofRows);
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
    return new FittedContexts(contexts, grid, differences, ofRows);
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
  long[] differences() {
    return differences;
  }

  /** The context of each symbol; not to be changed. */
  byte[] contextsOfRows() {
    return ofRows;
  }
}
