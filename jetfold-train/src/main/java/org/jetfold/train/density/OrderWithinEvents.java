package org.jetfold.train.density;

import org.jetfold.codec.table.ColumnValues;

/**
 * Whether a column's values fall, or rise, from row to row of an event, as transverse momenta do.
 * Such a column is best coded first: its values end sharply at that of the row before, and what
 * another column would tell of it blurs that edge (docs/density.md). Not thread-safe.
 */
final class OrderWithinEvents {
  /**
   * Of a hundred neighbours that differ, so many make an order: some may be out of it, as after a
   * calibration. A mass that follows the momentum has 70.
   */
  private static final int OF_HUNDRED = 95;

  /** Fewer neighbours that differ say nothing. */
  private static final int FEWEST = 30;

  /** Nor does it say much where not one neighbour in so many differs. */
  private static final int SHARE = 10;

  private long neighbours;
  private long falls;
  private long rises;

  /**
   * Looks at some events.
   *
   * @param values of a float column
   * @param offsets where in the rows each event starts, and last the number of rows
   */
  void look(ColumnValues values, int[] offsets) {
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
      case ColumnValues.Integers _ -> throw new IllegalArgumentException("no float column");
    };
  }

  /** Whether there is an order in what was seen. */
  boolean isFound() {
    long differing = falls + rises;
    return differing >= FEWEST
        && SHARE * differing >= neighbours
        && 100 * Math.max(falls, rises) >= OF_HUNDRED * differing;
  }
}
