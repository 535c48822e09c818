package org.jetfold.codec.density;

import java.util.List;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;

/**
 * What a network is told of a row: its place in the event and the event's size; of the event's
 * leading row and the row before, each column up to the one to be coded; of the row itself, each
 * column before (docs/density.md). Of a column it is told the cell's middle, as a logit and as a
 * share. Immutable and safe to share.
 */
public final class ContextInputs {
  /** Inputs a column of one row. */
  private static final int OF_CELL = 2;

  /** Places, and sizes of events, that have an input of their own. */
  private static final int TOLD_APART = 8;

  private static final int OF_PLACE = 2 * TOLD_APART + 2;

  /** Other rows of the event that a network is told of. */
  private static final int OTHER_ROWS = 2;

  // To about unit variance: a logistic distribution has variance π²/3, a uniform one 1/3.
  private static final float LOGIT_SCALE = 0.5f;
  private static final float SHARE_SCALE = 1.7f;
  private static final float COUNT_SCALE = 0.2f;

  private final AutoregressiveShape shape;
  private final float[][] logits;
  private final float[][] shares;

  /**
   * The inputs of a network.
   *
   * @param shape from {@link #shape}
   * @param alphabets one a column
   */
  public ContextInputs(AutoregressiveShape shape, List<Alphabet> alphabets) {
    this.shape = shape;
    logits = new float[alphabets.size()][];
    shares = new float[alphabets.size()][];
    for (int column = 0; column < logits.length; column++) {
      logits[column] = scaled(alphabets.get(column).logits(), LOGIT_SCALE);
      shares[column] = scaled(alphabets.get(column).shares(), SHARE_SCALE);
    }
  }

  private static float[] scaled(float[] values, float scale) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * scale;
    }
    return scaled;
  }

  /**
   * The shape of a network.
   *
   * @param events whether rows belong to events that tell of one another
   */
  public static AutoregressiveShape shape(int columns, boolean events, int hidden, int components) {
    return new AutoregressiveShape(
        columns,
        events ? OF_PLACE : 0,
        events ? OTHER_ROWS * OF_CELL : 0,
        OF_CELL,
        hidden,
        components);
  }

  /**
   * Fills in what is known of rows before their first column.
   *
   * @param position the position in the order of the first of {@code rows} rows
   * @param inputs a tile as in {@link Kernel}, here and below
   */
  public void place(EventOrder order, int position, int rows, float[] inputs) {
    if (shape.placeInputs() == 0) {
      return;
    }
    for (int r = 0; r < rows; r++) {
      for (int input = 0; input < OF_PLACE; input++) {
        inputs[input * Kernel.ROWS + r] = 0;
      }
      int row = order.row(position + r);
      int place = order.place(row);
      int size = order.eventSize(row);
      inputs[Math.min(place, TOLD_APART - 1) * Kernel.ROWS + r] = 1;
      inputs[(TOLD_APART + Math.min(size, TOLD_APART) - 1) * Kernel.ROWS + r] = 1;
      inputs[2 * TOLD_APART * Kernel.ROWS + r] = place * COUNT_SCALE;
      inputs[(2 * TOLD_APART + 1) * Kernel.ROWS + r] = size * COUNT_SCALE;
    }
  }

  /**
   * Fills in what other rows tell of a column; nothing in the first row of an event.
   *
   * @param cells the column's cells of all rows; those of rows that are coded later do not matter
   */
  public void context(
      EventOrder order, int column, char[] cells, int position, int rows, float[] inputs) {
    if (shape.contextInputs() == 0) {
      return;
    }
    int at = shape.contextInput(column) * Kernel.ROWS;
    for (int r = 0; r < rows; r++) {
      int row = order.row(position + r);
      if (order.place(row) == 0) {
        for (int input = 0; input < shape.contextInputs(); input++) {
          inputs[at + input * Kernel.ROWS + r] = 0;
        }
      } else {
        int leading = cells[order.leading(row)];
        int before = cells[row - 1];
        inputs[at + r] = logits[column][leading];
        inputs[at + Kernel.ROWS + r] = shares[column][leading];
        inputs[at + 2 * Kernel.ROWS + r] = logits[column][before];
        inputs[at + 3 * Kernel.ROWS + r] = shares[column][before];
      }
    }
  }

  /** Fills in what a column tells of its own row. The last column tells no one. */
  public void own(
      EventOrder order, int column, char[] cells, int position, int rows, float[] inputs) {
    if (column == shape.columns() - 1) {
      return;
    }
    int at = shape.ownInput(column) * Kernel.ROWS;
    for (int r = 0; r < rows; r++) {
      int cell = cells[order.row(position + r)];
      inputs[at + r] = logits[column][cell];
      inputs[at + Kernel.ROWS + r] = shares[column][cell];
    }
  }
}
