package org.jetfold.train.density;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextInputs;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.Tile;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Rows as tensors: the network's inputs, computed by the same class as in the coder, and the
 * boundaries of each column's cell. Immutable and safe to share.
 */
final class RowTensors {
  /** Stands for an infinite boundary: σ is exactly 0 or 1 there, and its gradient 0. */
  private static final float FAR = 1e4f;

  private final AutoregressiveShape shape;
  private final List<Alphabet> alphabets;
  private final ContextInputs context;
  private final EventOrder order;
  private final char[][] cells;
  private final int rows;
  private final double @Nullable [] weights;

  /**
   * The rows of some data.
   *
   * @param contexts one for each context column
   * @param data with the columns of the alphabets
   */
  RowTensors(
      AutoregressiveShape shape,
      List<Alphabet> alphabets,
      List<Alphabet> contexts,
      TrainingData data) {
    this.shape = shape;
    this.alphabets = alphabets;
    this.context = new ContextInputs(shape, alphabets, contexts);
    this.order = data.order(contexts);
    this.rows = data.rows();
    this.weights = data.weights();
    cells = new char[alphabets.size()][rows];
    for (int column = 0; column < cells.length; column++) {
      Alphabet alphabet = alphabets.get(column);
      alphabet.cellsOf(coded(data.symbols(), column, alphabet.reference()), rows, cells[column]);
    }
  }

  private static long[] coded(long[][] symbols, int column, int reference) {
    if (reference < 0) {
      return symbols[column];
    }
    long[] differences = symbols[column].clone();
    for (int row = 0; row < differences.length; row++) {
      differences[row] -= symbols[reference][row];
    }
    return differences;
  }

  int rows() {
    return rows;
  }

  private double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** The sum of the weights of some rows; without weights, their number. */
  double weight(int[] chosen) {
    return weights == null ? chosen.length : Arrays.stream(chosen).mapToDouble(this::weight).sum();
  }

  /** The raw bits of all columns, on average over some rows; they do not depend on a network. */
  double rawBits(int[] chosen) {
    double bits = 0;
    for (int column = 0; column < cells.length; column++) {
      byte[] raw = alphabets.get(column).levels();
      for (int row : chosen) {
        bits += weight(row) * raw[cells[column][row]];
      }
    }
    return bits / weight(chosen);
  }

  /** Bits per row with the columns' own distributions, on average over some rows. */
  double staticBits(int[] chosen) {
    double sum = 0;
    for (double bits : staticBitsByColumn(chosen)) {
      sum += bits;
    }
    return sum;
  }

  /** The same for each column. */
  double[] staticBitsByColumn(int[] chosen) {
    double[] bits = new double[cells.length];
    for (int column = 0; column < cells.length; column++) {
      Alphabet alphabet = alphabets.get(column);
      byte[] raw = alphabet.levels();
      double sum = 0;
      for (int row : chosen) {
        int cell = cells[column][row];
        float shift = order.shift(row);
        double upper =
            cell + 1 < alphabet.cells() ? sigmoid(alphabet.boundary(cell + 1, shift)) : 1;
        double share = upper - (cell > 0 ? sigmoid(alphabet.boundary(cell, shift)) : 0);
        sum += weight(row) * (raw[cell] - Math.log(share) / Math.log(2));
      }
      bits[column] = sum / weight(chosen);
    }
    return bits;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * A batch of rows.
   *
   * @param inputs rows × inputs
   * @param lower rows × 1 × columns
   * @param upper rows × 1 × columns
   * @param weights rows × 1; null for 1 each
   */
  record Batch(NDArray inputs, NDArray lower, NDArray upper, @Nullable NDArray weights) {}

  /** The tensors of some rows. */
  Batch batch(NDManager manager, int[] chosen) {
    int count = chosen.length;
    int columns = shape.columns();
    int inputs = shape.inputs(columns - 1);
    float[] x = new float[count * inputs];
    float[] filled = new float[inputs * Kernel.ROWS];
    EventOrder chosenOrder = order.looking(chosen);
    Tile tile = new Tile();
    for (int position = 0; position < count; position += Kernel.ROWS) {
      tile.take(chosenOrder, position, count - position);
      context.place(chosenOrder, tile, filled);
      for (int column = 0; column < columns; column++) {
        context.context(tile, column, cells[column], filled);
        context.own(tile, column, cells[column], filled);
      }
      for (int row = 0; row < tile.count(); row++) {
        int at = (position + row) * inputs;
        for (int input = 0; input < inputs; input++) {
          x[at + input] = filled[input * Kernel.ROWS + row];
        }
      }
    }
    float[] lower = new float[count * columns];
    float[] upper = new float[count * columns];
    for (int column = 0; column < columns; column++) {
      Alphabet alphabet = alphabets.get(column);
      for (int row = 0; row < count; row++) {
        int cell = cells[column][chosen[row]];
        float shift = order.shift(chosen[row]);
        lower[row * columns + column] = cell == 0 ? -FAR : alphabet.boundary(cell, shift);
        upper[row * columns + column] =
            cell + 1 == alphabet.cells() ? FAR : alphabet.boundary(cell + 1, shift);
      }
    }
    Shape boundaries = new Shape(count, 1, columns);
    return new Batch(
        manager.create(x, new Shape(count, inputs)),
        manager.create(lower, boundaries),
        manager.create(upper, boundaries),
        weights == null ? null : manager.create(weights(chosen), new Shape(count, 1)));
  }

  private float[] weights(int[] chosen) {
    float[] of = new float[chosen.length];
    for (int i = 0; i < of.length; i++) {
      of[i] = (float) weight(chosen[i]);
    }
    return of;
  }
}
