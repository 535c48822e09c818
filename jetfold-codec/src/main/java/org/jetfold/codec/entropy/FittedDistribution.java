package org.jetfold.codec.entropy;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A distribution fitted to a stream's symbols, ready to be written. Immutable. */
public final class FittedDistribution implements FittedStream {
  /** This many symbols of another column decide whether it is worth referring to. */
  public static final int BEGINNING = ReferenceSample.BEGINNING;

  private final int reference;
  private final int grid;
  private final int total;
  private final boolean escape;
  private final @Nullable DistributionTree tree;

  /** Made when it is first asked for; twice at most, and alike, if two threads ask. */
  private @Nullable Distribution distribution;

  private FittedDistribution(int reference, int grid, CountedCells cells, boolean escape) {
    this(reference, grid, cells, escape, Distribution.MAXIMUM_LEAVES / 2);
  }

  private FittedDistribution(
      int reference, int grid, CountedCells cells, boolean escape, int mostLeaves) {
    this.reference = reference;
    this.grid = grid;
    this.escape = escape;
    this.total = cells.counts().total();
    this.tree = total == 0 ? null : DistributionTree.best(cells, mostLeaves);
  }

  /**
   * Fits a distribution to a stream, with the largest grid that the symbols are on and the
   * reference that makes it smallest.
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
    int grid = Grid.of(symbols);
    long[] kept = Grid.without(symbols, symbols.length, grid);
    FittedDistribution best =
        new FittedDistribution(Distribution.NO_REFERENCE, grid, CountedCells.of(kept), false);
    if (ReferenceSample.previousMayPay(kept, blockStarts)) {
      CountedCells counts = CountedCells.of(Differences.toPrevious(kept, blockStarts));
      best = smaller(best, new FittedDistribution(Distribution.PREVIOUS, grid, counts, false));
    }
    int column = ReferenceSample.columnThatMayPay(kept, beginnings, grid);
    return column < 0 ? best : smaller(best, toColumn(kept, columns, column, grid, false));
  }

  private static FittedDistribution toColumn(
      long[] kept, IntFunction<long[]> columns, int column, int grid, boolean escape) {
    long[] other = Grid.without(columns.apply(column), kept.length, grid);
    long[] differences = new long[kept.length];
    Differences.toColumn(kept, other, 0, kept.length, differences);
    return new FittedDistribution(
        Distribution.FIRST_COLUMN + column, grid, CountedCells.of(differences), escape);
  }

  /** Fits a distribution to symbols that refer to nothing. */
  public static FittedDistribution alone(long[] symbols) {
    int grid = Grid.of(symbols);
    long[] kept = Grid.without(symbols, symbols.length, grid);
    return new FittedDistribution(Distribution.NO_REFERENCE, grid, CountedCells.of(kept), false);
  }

  /**
   * Fits a distribution that also serves symbols which were not seen: it has an escape, no grid,
   * and refers to nothing or to another column.
   *
   * @param columns the symbols of columns that may be referred to, by the column's number
   */
  public static FittedDistribution withEscape(long[] symbols, Map<Integer, long[]> columns) {
    FittedDistribution alone =
        new FittedDistribution(
            Distribution.NO_REFERENCE, 0, CountedCells.single(SymbolCounts.of(symbols)), true);
    int column = ReferenceSample.columnThatMayPay(symbols, columns, 0);
    return column < 0 ? alone : smaller(alone, toColumn(symbols, columns::get, column, 0, true));
  }

  /** Of a stream that has none, because a model codes it. */
  public static FittedDistribution none() {
    return alone(new long[0]);
  }

  /**
   * Fits a distribution to the differences that one context has.
   *
   * @param contexts how many the stream has
   */
  static FittedDistribution ofDifferences(CountedCells differences, int contexts) {
    return new FittedDistribution(
        Distribution.NO_REFERENCE,
        0,
        differences,
        false,
        Distribution.MAXIMUM_LEAVES / Math.max(2, contexts));
  }

  private static FittedDistribution smaller(FittedDistribution one, FittedDistribution other) {
    return other.bits() < one.bits() ? other : one;
  }

  @Override
  public double bits() {
    return tree == null ? 0 : tree.bits();
  }

  /** The distribution as a reader will read it. */
  public Distribution distribution() {
    Distribution made = distribution;
    if (made == null) {
      made = new DistributionWriter().write(this);
      distribution = made;
    }
    return made;
  }

  @Override
  public StreamCoding coding() {
    return new StreamCoding(null, grid, List.of(distribution()));
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
