package org.jetfold.codec.density;

import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;

/**
 * The intervals that a model gives the symbols of a block, out of 2^{@link Kernel#PRECISION}.
 *
 * @param coded for each column, what is coded of each row: its symbol, or the difference to that of
 *     the column referred to
 * @param cells for each column, each row's cell
 * @param starts for each column, at each position of the order, where the interval starts
 * @param ends for each column, at each position of the order, where it ends
 */
public record Intervals(long[][] coded, char[][] cells, int[][] starts, int[][] ends) {
  /**
   * The intervals of a block.
   *
   * @param symbols of each column of the model, in its order, a symbol per row
   * @throws IllegalArgumentException where the model has no cell for a symbol, and no escape
   */
  public static Intervals of(DensityModel model, long[][] symbols, EventOrder order) {
    return of(model, model.network(Kernels.best()), ContextInputs.of(model), symbols, order);
  }

  static Intervals of(
      DensityModel model,
      AutoregressiveNetwork network,
      ContextInputs context,
      long[][] symbols,
      EventOrder order) {
    int columns = symbols.length;
    Intervals intervals =
        unfilled(
            model,
            symbols,
            order,
            new int[columns][order.count()],
            new int[columns][order.count()]);
    new IntervalFinder(model, network, context)
        .find(order, intervals.cells, intervals.starts, intervals.ends, 0);
    return intervals;
  }

  /** Cells of symbols, with arrays for their intervals. */
  static Intervals unfilled(
      DensityModel model, long[][] symbols, EventOrder order, int[][] starts, int[][] ends) {
    int columns = symbols.length;
    int count = order.count();
    char[][] cells = new char[columns][count];
    long[][] coded = new long[columns][];
    for (int column = 0; column < columns; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      coded[column] = coded(symbols, column, alphabet.reference());
      alphabet.cellsOf(coded[column], count, cells[column]);
    }
    return new Intervals(coded, cells, starts, ends);
  }

  /** What is coded of a column: its symbols, or the differences to those of its reference. */
  static long[] coded(long[][] symbols, int column, int reference) {
    if (reference < 0) {
      return symbols[column];
    }
    long[] differences = symbols[column].clone();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= symbols[reference][i];
    }
    return differences;
  }
}
