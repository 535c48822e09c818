package org.jetfold.train;

import org.jetfold.codec.table.Table;

/** How much each row of a table counts in a training. */
public interface RowWeights {
  /** The number of the column that has the weights; it is no variable. */
  int column();

  /**
   * The weights of a piece's rows, finite; one for each entry of a group. Pieces come in the order
   * of the table.
   */
  double[] ofEntries(Table piece, int group);
}
