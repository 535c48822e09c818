package org.jetfold.train.density;

import org.jetfold.codec.table.ColumnValues;

/**
 * Finds out whether the values of a column fall, or rise, from row to row of an event, as
 * transverse momenta do. Such a column is best coded first: its distribution ends sharply at the
 * value of the previous row, and knowing another column blurs that edge (docs/density.md). Not
 * thread-safe.
 */
final class OrderWithinEvents {
  /**
   * So many in a hundred pairs of different neighbours make an order. Some pairs may be out of
   * order, as after a calibration. A mass that follows the momentum has 70.
   */
  private static final int MIN_PERCENT = 95;

  /** Fewer pairs of different neighbours decide nothing. */
  private static final int MIN_PAIRS = 30;

  /** Nor do pairs of different neighbours that are fewer than one in so many. */
  private static final int MIN_ONE_IN = 10;

  private long neighbours;
  private long falls;
  private long rises;

  /**
   * Adds some events.
   *
   * @param values of a float column
   * @param offsets where in the rows each event starts, and last the number of rows
   */
  void add(ColumnValues values, int[] offsets) {
    for (int event = 0; event + 1 < offsets.length; event++) {
      for (int row = offsets[event] + 1; row < offsets[event + 1]; row++) {
        double before = value(values, row - 1);
        double here = value(values, row);
        neighbours++;
        // NaN neither falls nor rises.
        falls += here < before ? 1 : 0;
        rises += here > before ? 1 : 0;
      }
    }
  }

  private static double value(ColumnValues values, int row) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[row];
      case ColumnValues.Doubles(double[] doubles) -> doubles[row];
      case ColumnValues.Integers unused ->
          throw new IllegalArgumentException("a column of integers");
    };
  }

  /** Whether the events so far have an order. */
  boolean isFound() {
    long differing = falls + rises;
    return differing >= MIN_PAIRS
        && MIN_ONE_IN * differing >= neighbours
        && 100 * Math.max(falls, rises) >= MIN_PERCENT * differing;
  }
}
