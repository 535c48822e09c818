package org.jetfold.codec.density;

import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveNetwork.Activations;
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
   * @param symbols of each column of the model, in its order, a symbol a row
   * @throws IllegalArgumentException where the model has no cell for a symbol, and no escape
   */
  public static Intervals of(DensityModel model, long[][] symbols, EventOrder order) {
    return of(
        model,
        model.network(Kernels.best()),
        new ContextInputs(model.shape(), model.alphabets()),
        symbols,
        order);
  }

  static Intervals of(
      DensityModel model,
      AutoregressiveNetwork network,
      ContextInputs context,
      long[][] symbols,
      EventOrder order) {
    int columns = symbols.length;
    int count = order.count();
    char[][] cells = new char[columns][count];
    long[][] coded = new long[columns][];
    for (int column = 0; column < columns; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      coded[column] = coded(symbols, column, alphabet.reference());
      alphabet.cellsOf(coded[column], count, cells[column]);
    }
    int[][] starts = new int[columns][count];
    int[][] ends = new int[columns][count];
    Activations activations = new Activations(model.shape());
    Tile tile = new Tile(model, network.kernel());
    // Waves do not matter here: all rows are known.
    for (int position = 0; position < count; position += Kernel.ROWS) {
      int rows = Math.min(Kernel.ROWS, count - position);
      context.place(order, position, rows, activations.inputs());
      for (int column = 0; column < columns; column++) {
        context.context(order, column, cells[column], position, rows, activations.inputs());
        network.step(column, activations, rows);
        tile.intervals(
            column,
            order,
            cells[column],
            position,
            rows,
            activations.mixtures(),
            starts[column],
            ends[column]);
        context.own(order, column, cells[column], position, rows, activations.inputs());
      }
    }
    return new Intervals(coded, cells, starts, ends);
  }

  private static long[] coded(long[][] symbols, int column, int reference) {
    if (reference < 0) {
      return symbols[column];
    }
    long[] differences = symbols[column].clone();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= symbols[reference][i];
    }
    return differences;
  }

  /** Finds the intervals of a tile of rows. */
  private static final class Tile {
    private final DensityModel model;
    private final Kernel kernel;
    private final float[] boundaries = new float[Kernel.ROWS];
    private final int[] counts = new int[Kernel.ROWS];

    Tile(DensityModel model, Kernel kernel) {
      this.model = model;
      this.kernel = kernel;
    }

    void intervals(
        int column,
        EventOrder order,
        char[] cells,
        int position,
        int rows,
        float[] mixtures,
        int[] starts,
        int[] ends) {
      Alphabet alphabet = model.alphabets().get(column);
      float[] all = alphabet.boundaries();
      float scale = alphabet.scale();
      int components = model.shape().components();
      for (int r = 0; r < rows; r++) {
        boundaries[r] = all[cells[order.row(position + r)]];
      }
      kernel.cumulative(mixtures, components, boundaries, scale, counts, rows);
      for (int r = 0; r < rows; r++) {
        starts[position + r] = cells[order.row(position + r)] + counts[r];
      }
      int last = alphabet.cells() - 1;
      for (int r = 0; r < rows; r++) {
        boundaries[r] = all[Math.min(cells[order.row(position + r)] + 1, last)];
      }
      kernel.cumulative(mixtures, components, boundaries, scale, counts, rows);
      for (int r = 0; r < rows; r++) {
        int cell = cells[order.row(position + r)];
        ends[position + r] = cell == last ? 1 << Kernel.PRECISION : cell + 1 + counts[r];
      }
    }
  }
}
