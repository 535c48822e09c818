package org.jetfold.codec.quantize;

import java.util.Arrays;

/**
 * Finds the piece of a number line that a number lies on, in constant time.
 *
 * <p>The line is cut into buckets of a power of two, no wider than the narrowest piece but the
 * last. So a bucket meets at most one boundary, and one comparison decides. Everything beyond the
 * start of the last piece is in one bucket.
 */
final class PieceIndex {
  /** More would not fit the first-level caches, and no setting needs more. */
  private static final int MOST_BUCKETS = 1 << 14;

  private final long[] starts;
  private final int[] pieceOfBucket;
  private final int shift;
  private final long lastBucket;

  /** An index of pieces that start at these numbers: ascending, the first is 0. */
  PieceIndex(long[] starts) {
    int pieces = starts.length;
    this.starts = Arrays.copyOf(starts, pieces + 1);
    this.starts[pieces] = Long.MAX_VALUE;
    long narrowest = Long.MAX_VALUE;
    for (int piece = 1; piece < pieces; piece++) {
      narrowest = Math.min(narrowest, starts[piece] - starts[piece - 1]);
    }
    if (narrowest <= 0) {
      throw new IllegalArgumentException("a piece is empty");
    }
    shift = 63 - Long.numberOfLeadingZeros(narrowest);
    lastBucket = starts[pieces - 1] >>> shift;
    if (lastBucket >= MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "a piece is too narrow: " + narrowest + " of " + starts[pieces - 1]);
    }
    pieceOfBucket = new int[(int) lastBucket + 1];
    int piece = 0;
    for (int bucket = 0; bucket < pieceOfBucket.length; bucket++) {
      while (this.starts[piece + 1] <= (long) bucket << shift) {
        piece++;
      }
      pieceOfBucket[bucket] = piece;
    }
  }

  /** The piece that a non-negative number lies on. */
  int pieceOf(long number) {
    int piece = pieceOfBucket[(int) Math.min(number >>> shift, lastBucket)];
    // One more unless the number is below the boundary; as arithmetic, for a branch would be
    // foreseen half the time.
    return piece + 1 + (int) ((number - starts[piece + 1]) >> 63);
  }
}
