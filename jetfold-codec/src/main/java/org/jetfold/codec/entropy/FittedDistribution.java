package org.jetfold.codec.entropy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A distribution fitted to a stream's symbols, ready to be written. Made once, written once. */
public final class FittedDistribution {
  private final int reference;
  private final int total;
  private final @Nullable DistributionTree tree;

  private FittedDistribution(int reference, SymbolCounts counts) {
    this.reference = reference;
    this.total = counts.total();
    this.tree = total == 0 ? null : DistributionTree.best(counts);
  }

  /**
   * Fits a distribution to a stream, with the reference that makes it smallest.
   *
   * @param symbols the symbols of the stream in all blocks that will share the distribution
   * @param blockStarts where in {@code symbols} each block starts, the first at 0; nothing before
   *     it is referred to
   * @param columns symbols of columns that may be referred to, by the column's number; each as long
   *     as {@code symbols}
   */
  public static FittedDistribution of(
      long[] symbols, int[] blockStarts, Map<Integer, long[]> columns) {
    FittedDistribution best =
        new FittedDistribution(Distribution.NO_REFERENCE, SymbolCounts.of(symbols));
    int sample = Differences.sample(symbols);
    if (sample == 0) {
      return best;
    }
    int promising = Differences.strangers(symbols, sample) - sample;
    if (Differences.neighbours(symbols, sample) < promising) {
      SymbolCounts counts = SymbolCounts.of(Differences.toPrevious(symbols, blockStarts));
      best = smaller(best, new FittedDistribution(Distribution.PREVIOUS, counts));
    }
    int nearest = promising;
    int nearestColumn = -1;
    for (Map.Entry<Integer, long[]> column : columns.entrySet()) {
      int length = Differences.columns(symbols, column.getValue(), sample, nearest);
      if (length < nearest) {
        nearest = length;
        nearestColumn = column.getKey();
      }
    }
    long[] other = columns.get(nearestColumn);
    if (other != null) {
      SymbolCounts counts = SymbolCounts.of(Differences.toColumn(symbols, other, symbols.length));
      best =
          smaller(best, new FittedDistribution(Distribution.FIRST_COLUMN + nearestColumn, counts));
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

  int total() {
    return total;
  }

  @Nullable DistributionTree tree() {
    return tree;
  }
}
