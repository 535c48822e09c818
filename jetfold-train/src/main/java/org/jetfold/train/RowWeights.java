package org.jetfold.train;

import org.jetfold.codec.table.Table;

/** How much each row of a table counts in a training. */
public interface RowWeights {
  /** The number of the column that has the weights, one for each event; it is no variable. */
  int column();

  /**
   * The weights of a piece's events (of a flat table's rows), finite. Pieces come in the order of
   * the table, each once.
   */
  double[] ofEvents(Table piece);
}
