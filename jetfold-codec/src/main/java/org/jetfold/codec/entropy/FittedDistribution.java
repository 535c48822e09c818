package org.jetfold.codec.entropy;

import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A distribution fitted to a stream's symbols, ready to be written. Immutable. */
public final class FittedDistribution {
  /** As many symbols of another column tell whether it is worth referring to. */
  public static final int BEGINNING = Differences.SAMPLE;

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
   * @param beginnings the first {@link #BEGINNING} symbols, or all if there are fewer, of each
   *     column that may be referred to, by the column's number
   * @param columns gives all symbols of one of these columns, as many as {@code symbols} has
   */
  public static FittedDistribution of(
      long[] symbols,
      int[] blockStarts,
      Map<Integer, long[]> beginnings,
      IntFunction<long[]> columns) {
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
    for (Map.Entry<Integer, long[]> column : beginnings.entrySet()) {
      int length = Differences.columns(symbols, column.getValue(), sample, nearest);
      if (length < nearest) {
        nearest = length;
        nearestColumn = column.getKey();
      }
    }
    if (nearestColumn >= 0) {
      long[] differences = new long[symbols.length];
      long[] other = columns.apply(nearestColumn);
      Differences.toColumn(symbols, other, 0, symbols.length, differences);
      SymbolCounts counts = SymbolCounts.of(differences);
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

  /** The distribution as a reader will read it. */
  public Distribution distribution() {
    return new DistributionWriter().write(this);
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
