package org.jetfold.codec.network;

/**
 * What a kernel's search for cells works with and finds, for up to {@link #ROOM} rows. Not
 * thread-safe.
 */
public final class CellSearch {
  /** Most rows of a search: the lanes of the longest vector. */
  public static final int ROOM = 16;

  final int[] slots = new int[ROOM];
  final float[] shifts = new float[ROOM];
  final int[] found = new int[ROOM];
  final int[] starts = new int[ROOM];
  final int[] ends = new int[ROOM];

  /** Cells from here on are behind the one that is looked for. */
  final int[] behind = new int[ROOM];

  /** The cell whose lower boundary is looked at next, that boundary, and the count there. */
  final int[] middle = new int[ROOM];

  final float[] boundaries = new float[ROOM];
  final int[] below = new int[ROOM];

  /**
   * Asks for the cell that holds a slot, for a row.
   *
   * @param shift how far the row's boundaries are from the first ones to the last, from 0 to 1
   */
  public void ask(int row, int slot, float shift) {
    slots[row] = slot;
    shifts[row] = shift;
  }

  /** The cell found for a row. */
  public int cell(int row) {
    return found[row];
  }

  /** The first slot of the cell found for a row. */
  public int start(int row) {
    return starts[row];
  }

  /** The slot behind the last of the cell found for a row. */
  public int end(int row) {
    return ends[row];
  }
}
