package org.jetfold.codec.density;

import org.jetfold.codec.network.Kernel;

/**
 * The rows of an order that go through a network together, and the places of the rows before them.
 * Not thread-safe.
 */
public final class Tile {
  private final int[] rows = new int[Kernel.ROWS];
  private final int[] leading = new int[Kernel.ROWS];
  private final float[] shifts = new float[Kernel.ROWS];
  private int count;

  /** Takes up to {@link Kernel#ROWS} rows, from a position of an order on. */
  public void take(EventOrder order, int position, int most) {
    count = Math.min(Kernel.ROWS, most);
    for (int r = 0; r < count; r++) {
      int row = order.row(position + r);
      rows[r] = row;
      leading[r] = order.leading(row);
      shifts[r] = order.shift(row);
    }
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The row at a place of the tile. */
  int row(int r) {
    return rows[r];
  }

  /** The phase of its event, in units of 256. */
  float shift(int r) {
    return shifts[r];
  }

  /** The first row of its event: itself, where it has none before it. */
  int leading(int r) {
    return leading[r];
  }
}
