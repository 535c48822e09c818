package org.jetfold.codec.quantize;

/**
 * Finds the piece of a number line that a number lies on, with one look into a table.
 *
 * <p>The line is cut into buckets of a power of two, 2^s, no wider than the narrowest piece but the
 * last. So a bucket meets at most one boundary: with p the piece at its start and b the boundary's
 * place in it (2^s where there is none), a number at place x of the bucket lies on piece p where x
 * &lt; b and on p + 1 elsewhere, which is ⌊(p·2^s + 2^s − b + x) / 2^s⌋. The table holds all but x.
 */
final class PieceIndex {
  /** More would not fit the caches, and no setting needs more. */
  private static final int MAX_BUCKETS = 1 << 14;

  private final long[] buckets;
  private final int shift;
  private final long lastStart;

  /** An index of pieces that start at these numbers: ascending, the first is 0. */
  PieceIndex(long[] starts) {
    int last = starts.length - 1;
    lastStart = starts[last];
    long narrowest = Long.highestOneBit(Math.max(lastStart, 1));
    for (int piece = 1; piece <= last; piece++) {
      narrowest = Math.min(narrowest, starts[piece] - starts[piece - 1]);
    }
    if (narrowest <= 0) {
      throw new IllegalArgumentException("a piece is empty");
    }
    shift = 63 - Long.numberOfLeadingZeros(narrowest);
    if (lastStart >>> shift >= MAX_BUCKETS) {
      throw new IllegalArgumentException("a piece is too narrow: " + narrowest);
    }
    buckets = new long[(int) (lastStart >>> shift) + 1];
    long width = 1L << shift;
    int piece = 0;
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      long start = bucket * width;
      while (piece < last && starts[piece + 1] <= start) {
        piece++;
      }
      long boundary = piece < last ? Math.min(starts[piece + 1] - start, width) : width;
      buckets[bucket] = piece * width + width - boundary;
    }
  }

  /** The piece that a non-negative number lies on. */
  int pieceOf(long number) {
    long onLastAtMost = Math.min(number, lastStart);
    long place = onLastAtMost & ((1L << shift) - 1);
    return (int) ((buckets[(int) (onLastAtMost >>> shift)] + place) >>> shift);
  }
}
