package org.jetfold.tables.hdf5;

/**
 * Numbers the chunks of a dataset as arrays of chunks do: row by row of the largest shape that the
 * dataset can have, the dimension that can grow without limit first.
 */
final class ChunkNumbers {
  private final int[] chunk;
  private final long[] steps;

  /**
   * Numbers.
   *
   * @param chunk the lengths of a chunk
   * @param maximum the lengths of the dataset at most; −1 for any, which one may have
   */
  ChunkNumbers(int[] chunk, long[] maximum) {
    this.chunk = chunk.clone();
    steps = new long[chunk.length];
    int endless = 0;
    for (int i = 0; i < maximum.length; i++) {
      endless = maximum[i] == -1 ? i : endless;
    }
    long step = 1;
    for (int i = chunk.length - 1; i >= 0; i--) {
      if (i != endless) {
        steps[i] = step;
        step = Math.multiplyExact(step, Math.ceilDiv(maximum[i], chunk[i]));
      }
    }
    steps[endless] = step;
  }

  /** The number of the chunk that begins at a place. */
  long of(long[] place) {
    long number = 0;
    for (int i = 0; i < place.length; i++) {
      number += place[i] / chunk[i] * steps[i];
    }
    return number;
  }
}
