package org.jetfold.codec.density;

import org.jetfold.codec.network.Kernel;

/**
 * The intervals that the mixtures of a column give known cells of a tile's rows. Not thread-safe.
 */
final class TileIntervals {
  private final float[] lower = new float[Kernel.ROWS];
  private final float[] upper = new float[Kernel.ROWS];
  private final int[] starts = new int[Kernel.ROWS];
  private final int[] ends = new int[Kernel.ROWS];

  /**
   * Finds them.
   *
   * @param mixtures as {@link Kernel#mixtures} leaves them
   * @param cells each row's cell
   */
  void find(
      Kernel kernel, float[] mixtures, int components, Alphabet alphabet, Tile tile, char[] cells) {
    int last = alphabet.cells() - 1;
    int rows = tile.count();
    for (int r = 0; r < rows; r++) {
      int cell = cells[tile.row(r)];
      lower[r] = alphabet.boundary(cell, tile.shift(r));
      upper[r] = alphabet.boundary(Math.min(cell + 1, last), tile.shift(r));
    }
    kernel.cumulative(mixtures, components, lower, upper, alphabet.scale(), starts, ends, rows);
    for (int r = 0; r < rows; r++) {
      int cell = cells[tile.row(r)];
      starts[r] += cell;
      ends[r] = cell == last ? 1 << Kernel.PRECISION : cell + 1 + ends[r];
    }
  }

  /** Where the interval of the row at a place of the tile starts. */
  int start(int r) {
    return starts[r];
  }

  /** Where it ends. */
  int end(int r) {
    return ends[r];
  }
}
