package org.jetfold.codec.density;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;

/**
 * The inputs that describe a row to a network: its place in the event and the event's size; the
 * values of what it belongs to; of the event's leading row and the row before, each column up to
 * the one to be coded; of the row itself, each column before (docs/density.md). For a column they
 * are the cell's middle, as a logit and as a share. Immutable and safe to share.
 */
public final class ContextInputs {
  /** The inputs per column of one row. */
  private static final int OF_CELL = 2;

  /** Places, and sizes of events, that have an input of their own. */
  static final int TOLD_APART = 8;

  /** Inputs of the event's size, and of place and size as numbers. */
  private static final int OF_SIZE = TOLD_APART + 2;

  /** The number of other rows of the event that inputs describe. */
  private static final int OTHER_ROWS = 2;

  // To about unit variance: a logistic distribution has variance π²/3, a uniform one 1/3.
  private static final float LOGIT_SCALE = 0.5f;
  private static final float SHARE_SCALE = 1.7f;
  private static final float COUNT_SCALE = 0.2f;

  private final AutoregressiveShape shape;
  private final List<Alphabet> alphabets;
  private final List<Alphabet> contexts;

  /** How many places have an input of their own; 0 without events. */
  private final int places;

  /**
   * The inputs of a network.
   *
   * @param shape from {@link #shape}
   * @param alphabets one per column
   * @param contexts one per context column
   */
  public ContextInputs(
      AutoregressiveShape shape, List<Alphabet> alphabets, List<Alphabet> contexts) {
    this.shape = shape;
    this.alphabets = List.copyOf(alphabets);
    this.contexts = List.copyOf(contexts);
    places = Math.max(0, shape.placeInputs() - OF_CELL * contexts.size() - OF_SIZE);
  }

  /** The inputs of a model's network. */
  static ContextInputs of(DensityModel model) {
    return new ContextInputs(model.shape(), model.alphabets(), model.contextAlphabets());
  }

  /**
   * The shape of a network.
   *
   * @param places how many places of rows in their events have an input of their own; 0 without
   *     events
   * @param contexts the number of context columns
   */
  public static AutoregressiveShape shape(
      int columns, int places, int contexts, int hidden, int components) {
    boolean events = places > 0;
    return new AutoregressiveShape(
        columns,
        (events ? places + OF_SIZE : 0) + OF_CELL * contexts,
        events ? OTHER_ROWS * OF_CELL : 0,
        OF_CELL,
        hidden,
        components);
  }

  /**
   * Fills in what is known of rows before their first column.
   *
   * @param order that the tile is of
   * @param inputs a tile as in {@link Kernel}, here and below
   */
  public void place(EventOrder order, Tile tile, float[] inputs) {
    int at = 0;
    if (places > 0) {
      at = places + OF_SIZE;
      for (int input = 0; input < at; input++) {
        Arrays.fill(inputs, input * Kernel.ROWS, input * Kernel.ROWS + tile.count(), 0);
      }
      for (int r = 0; r < tile.count(); r++) {
        int place = order.place(tile.row(r));
        int size = order.eventSize(tile.row(r));
        inputs[Math.min(place, places - 1) * Kernel.ROWS + r] = 1;
        inputs[(places + Math.min(size, TOLD_APART) - 1) * Kernel.ROWS + r] = 1;
        inputs[(places + TOLD_APART) * Kernel.ROWS + r] = place * COUNT_SCALE;
        inputs[(places + TOLD_APART + 1) * Kernel.ROWS + r] = size * COUNT_SCALE;
      }
    }
    for (int column = 0; column < contexts.size(); column++) {
      Alphabet alphabet = contexts.get(column);
      int logit = (at + OF_CELL * column) * Kernel.ROWS;
      for (int r = 0; r < tile.count(); r++) {
        int cell = order.context(column, tile.row(r));
        boolean missing = cell == ContextColumn.MISSING;
        inputs[logit + r] = missing ? 0 : alphabet.logit(cell, 0) * LOGIT_SCALE;
        inputs[logit + Kernel.ROWS + r] = missing ? 0 : alphabet.share(cell, 0) * SHARE_SCALE;
      }
    }
  }

  /**
   * Fills in the column's values in other rows; nothing in the first row of an event.
   *
   * @param cells the column's cells of all rows; those of rows that are coded later do not matter
   */
  public void context(Tile tile, int column, char[] cells, float[] inputs) {
    if (shape.contextInputs() == 0) {
      return;
    }
    Alphabet alphabet = alphabets.get(column);
    int at = shape.contextInput(column) * Kernel.ROWS;
    for (int r = 0; r < tile.count(); r++) {
      int row = tile.row(r);
      boolean first = tile.leading(r) == row;
      int leading = cells[tile.leading(r)];
      int before = cells[first ? row : row - 1];
      float shift = tile.shift(r);
      inputs[at + r] = first ? 0 : alphabet.logit(leading, shift) * LOGIT_SCALE;
      inputs[at + Kernel.ROWS + r] = first ? 0 : alphabet.share(leading, shift) * SHARE_SCALE;
      inputs[at + 2 * Kernel.ROWS + r] = first ? 0 : alphabet.logit(before, shift) * LOGIT_SCALE;
      inputs[at + 3 * Kernel.ROWS + r] = first ? 0 : alphabet.share(before, shift) * SHARE_SCALE;
    }
  }

  /**
   * Fills in what a column contributes to the later columns of its row; nothing for the last
   * column.
   */
  public void own(Tile tile, int column, char[] cells, float[] inputs) {
    if (column == shape.columns() - 1) {
      return;
    }
    Alphabet alphabet = alphabets.get(column);
    int at = shape.ownInput(column) * Kernel.ROWS;
    for (int r = 0; r < tile.count(); r++) {
      int cell = cells[tile.row(r)];
      inputs[at + r] = alphabet.logit(cell, tile.shift(r)) * LOGIT_SCALE;
      inputs[at + Kernel.ROWS + r] = alphabet.share(cell, tile.shift(r)) * SHARE_SCALE;
    }
  }
}
