package org.jetfold.codec.quantize;

import java.util.ArrayList;
import java.util.List;

/**
 * A monotone map from offsets 0, 1, 2, … (magnitudes, counted from some place) to ranks, made of
 * pieces, each a row of cells of equal width; every cell has one offset that stands for it.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class CellTable {
  private static final int FIELDS = 3;

  private final PieceIndex byOffset;
  private final PieceIndex byRank;

  /**
   * For each piece what gives ranks: with start, first rank and width w of the cells, rank =
   * ⌊(offset + first·w − start) / w⌋. First the summand, then the multiplier and shift of w's
   * reciprocal.
   */
  private final long[] toRank;

  /**
   * For each piece what gives offsets: rank·w + a summand, but not above its last offset; in the
   * order w, summand, last offset.
   */
  private final long[] toOffset;

  /**
   * Where every piece is one cell, so that a rank is the number of a piece: the offsets that stand
   * for them. Else empty.
   */
  private final long[] points;

  private CellTable(List<Piece> pieces) {
    int count = pieces.size();
    toRank = new long[count * FIELDS];
    toOffset = new long[count * FIELDS];
    long[] starts = new long[count];
    long[] firstRanks = new long[count];
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      starts[i] = piece.start;
      firstRanks[i] = piece.firstRank;
      Reciprocal reciprocal = Reciprocal.of(piece.width);
      toRank[i * FIELDS] = piece.firstRank * piece.width - piece.start;
      toRank[i * FIELDS + 1] = reciprocal.multiplier();
      toRank[i * FIELDS + 2] = reciprocal.shift();
      toOffset[i * FIELDS] = piece.width;
      toOffset[i * FIELDS + 1] = piece.start + piece.pointInCell - piece.firstRank * piece.width;
      toOffset[i * FIELDS + 2] = piece.end - 1;
    }
    byOffset = new PieceIndex(starts);
    byRank = new PieceIndex(firstRanks);
    boolean single = pieces.stream().allMatch(piece -> piece.end - piece.start <= piece.width);
    points =
        single
            ? pieces.stream().mapToLong(piece -> piece.start + piece.pointInCell).toArray()
            : new long[0];
  }

  /** The rank of an offset from 0 to before the table's end. */
  long rankOf(long offset) {
    int piece = byOffset.pieceOf(offset);
    if (points.length > 0) {
      return piece;
    }
    int at = piece * FIELDS;
    // Reciprocal.quotient, with its fields beside the piece's others.
    return Math.unsignedMultiplyHigh((offset + toRank[at]) << 1, toRank[at + 1]) >>> toRank[at + 2];
  }

  /** The offset that stands for a rank; it has that rank. */
  long offsetOf(long rank) {
    if (points.length > 0) {
      return points[(int) rank];
    }
    int at = byRank.pieceOf(rank) * FIELDS;
    // A piece's last cell may be cut; its last offset then stands for it, which is nearer to all of
    // the cell.
    return Math.min(rank * toOffset[at] + toOffset[at + 1], toOffset[at + 2]);
  }

  private record Piece(long start, long end, long firstRank, long width, long pointInCell) {}

  /** Puts a table together from front to back. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();
    private long end;
    private long ranks;

    /**
     * Adds cells behind the last ones.
     *
     * @param newEnd where the piece ends; its last cell may be cut by it
     * @param width the width of its cells, 1 to 2^62
     * @param pointInCell which offset of a cell stands for it, counted from the cell's start
     */
    void add(long newEnd, long width, long pointInCell) {
      pieces.add(new Piece(end, newEnd, ranks, width, pointInCell));
      ranks += (newEnd - end - 1) / width + 1;
      end = newEnd;
    }

    /** Where the last piece ends. */
    long end() {
      return end;
    }

    /** The number of cells so far. */
    long ranks() {
      return ranks;
    }

    CellTable build() {
      return new CellTable(pieces);
    }
  }
}
