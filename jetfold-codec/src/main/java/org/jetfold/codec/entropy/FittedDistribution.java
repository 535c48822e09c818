package org.jetfold.codec.entropy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A distribution fitted to a stream's symbols, ready to be written. Made once, written once. */
public final class FittedDistribution {
  private final int reference;
  private final int grid;
  private final int total;
  private final boolean escape;
  private final @Nullable DistributionTree tree;

  private FittedDistribution(int reference, int grid, SymbolCounts counts) {
    this(reference, grid, counts, false);
  }

  private FittedDistribution(int reference, int grid, SymbolCounts counts, boolean escape) {
    this.reference = reference;
    this.grid = grid;
    this.escape = escape;
    this.total = counts.total();
    this.tree = total == 0 ? null : DistributionTree.best(counts);
  }

  /**
   * Fits a distribution to a stream, with the largest grid that the symbols are on and the
   * reference that makes it smallest.
   *
   * @param symbols the symbols of the stream in all blocks that will share the distribution
   * @param blockStarts where in {@code symbols} each block starts, the first at 0; nothing before
   *     it is referred to
   * @param columns symbols of columns that may be referred to, by the column's number; each as long
   *     as {@code symbols}
   */
  public static FittedDistribution of(
      long[] symbols, int[] blockStarts, Map<Integer, long[]> columns) {
    int grid = Grid.of(symbols);
    long[] kept = Grid.without(symbols, symbols.length, grid);
    FittedDistribution best =
        new FittedDistribution(Distribution.NO_REFERENCE, grid, SymbolCounts.of(kept));
    int sample = Differences.sample(kept);
    if (sample == 0) {
      return best;
    }
    int promising = Differences.strangers(kept, sample) - sample;
    if (Differences.neighbours(kept, sample) < promising) {
      SymbolCounts counts = SymbolCounts.of(Differences.toPrevious(kept, blockStarts));
      best = smaller(best, new FittedDistribution(Distribution.PREVIOUS, grid, counts));
    }
    int nearest = promising;
    int nearestColumn = -1;
    for (Map.Entry<Integer, long[]> column : columns.entrySet()) {
      int length = Differences.columns(kept, column.getValue(), grid, sample, nearest);
      if (length < nearest) {
        nearest = length;
        nearestColumn = column.getKey();
      }
    }
    long[] other = columns.get(nearestColumn);
    if (other != null) {
      long[] others = Grid.without(other, other.length, grid);
      SymbolCounts counts = SymbolCounts.of(Differences.toColumn(kept, others, kept.length));
      best =
          smaller(
              best,
              new FittedDistribution(Distribution.FIRST_COLUMN + nearestColumn, grid, counts));
    }
    return best;
  }

  /** Fits a distribution to symbols that refer to nothing. */
  public static FittedDistribution alone(long[] symbols) {
    int grid = Grid.of(symbols);
    long[] kept = Grid.without(symbols, symbols.length, grid);
    return new FittedDistribution(Distribution.NO_REFERENCE, grid, SymbolCounts.of(kept));
  }

  /**
   * Fits a distribution that also serves symbols which were not seen: it has an escape, no grid,
   * and refers to nothing or to another column.
   *
   * @param columns as above
   */
  public static FittedDistribution withEscape(long[] symbols, Map<Integer, long[]> columns) {
    FittedDistribution best =
        new FittedDistribution(
            Distribution.NO_REFERENCE, 0, SymbolCounts.of(symbols), /* escape= */ true);
    int sample = Differences.sample(symbols);
    if (sample == 0) {
      return best;
    }
    int nearest = Differences.strangers(symbols, sample) - sample;
    int nearestColumn = -1;
    for (Map.Entry<Integer, long[]> column : columns.entrySet()) {
      int length = Differences.columns(symbols, column.getValue(), 0, sample, nearest);
      if (length < nearest) {
        nearest = length;
        nearestColumn = column.getKey();
      }
    }
    long[] other = columns.get(nearestColumn);
    if (other != null) {
      SymbolCounts counts = SymbolCounts.of(Differences.toColumn(symbols, other, symbols.length));
      best =
          smaller(
              best,
              new FittedDistribution(
                  Distribution.FIRST_COLUMN + nearestColumn, 0, counts, /* escape= */ true));
    }
    return best;
  }

  private static FittedDistribution smaller(FittedDistribution one, FittedDistribution other) {
    return other.bits() < one.bits() ? other : one;
  }

  private double bits() {
    return tree == null ? 0 : tree.bits();
  }

  int reference() {
    return reference;
  }

  int grid() {
    return grid;
  }

  /** Whether symbols outside the leaves can occur, with a weight of 1. */
  boolean escape() {
    return escape;
  }

  int total() {
    return total;
  }

  @Nullable DistributionTree tree() {
    return tree;
  }
}
