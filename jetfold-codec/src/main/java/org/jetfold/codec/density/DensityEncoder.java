package org.jetfold.codec.density;

import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.IntervalCoder;
import org.jetfold.codec.entropy.RawBits;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveNetwork.Activations;
import org.jetfold.codec.network.Kernel;

/**
 * Writes the streams of a block's modelled columns (docs/format.md section 12.4). Immutable and
 * safe to share.
 */
public final class DensityEncoder {
  private final DensityModel model;
  private final AutoregressiveNetwork network;
  private final ContextInputs context;

  /** An encoder for a model, run by {@code kernel}. */
  public DensityEncoder(DensityModel model, Kernel kernel) {
    this.model = model;
    this.network = model.network(kernel);
    this.context = new ContextInputs(model.shape(), model.alphabets());
  }

  /**
   * Writes streams.
   *
   * @param symbols of each column of the model, in its order, a symbol a row
   * @param out one a column
   * @throws IllegalArgumentException where the model has no cell for a symbol, and no escape
   */
  public void encode(long[][] symbols, EventOrder order, ByteWriter[] out) {
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
    Tile tile = new Tile();
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
    for (int column = 0; column < columns; column++) {
      write(column, order, coded[column], cells[column], starts[column], ends[column], out[column]);
    }
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

  private void write(
      int column,
      EventOrder order,
      long[] coded,
      char[] cells,
      int[] starts,
      int[] ends,
      ByteWriter out) {
    int count = order.count();
    if (count == 0) {
      return;
    }
    Alphabet alphabet = model.alphabets().get(column);
    if (alphabet.cells() > 1) {
      IntervalCoder.encode(starts, ends, count, out);
    }
    long[] inOrder = new long[count];
    char[] cellsInOrder = new char[count];
    for (int position = 0; position < count; position++) {
      inOrder[position] = coded[order.row(position)];
      cellsInOrder[position] = cells[order.row(position)];
    }
    RawBits.pack(alphabet.firstSymbols(), alphabet.rawBits(), inOrder, cellsInOrder, count, out);
  }

  /** Finds the intervals of a tile of rows. */
  private final class Tile {
    private final float[] boundaries = new float[Kernel.ROWS];
    private final int[] counts = new int[Kernel.ROWS];

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
      Kernel kernel = network.kernel();
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
