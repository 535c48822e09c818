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
  private static final int FIELDS = 4;

  private final PieceIndex byOffset;
  private final PieceIndex byRank;

  /**
   * For each piece: start offset, first rank, multiplier and shift of the reciprocal of the cells'
   * width.
   */
  private final long[] toRank;

  /**
   * For each piece: first rank, the first cell's offset, the cells' width, the piece's last offset.
   */
  private final long[] toOffset;

  private final int pieces;

  private CellTable(List<Piece> pieces) {
    int count = pieces.size();
    this.pieces = count;
    toRank = new long[count * FIELDS];
    toOffset = new long[count * FIELDS];
    long[] starts = new long[count];
    long[] firstRanks = new long[count];
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      starts[i] = piece.start;
      firstRanks[i] = piece.firstRank;
      Reciprocal reciprocal = Reciprocal.of(piece.width);
      toRank[i * FIELDS] = piece.start;
      toRank[i * FIELDS + 1] = piece.firstRank;
      toRank[i * FIELDS + 2] = reciprocal.multiplier();
      toRank[i * FIELDS + 3] = reciprocal.shift();
      toOffset[i * FIELDS] = piece.firstRank;
      toOffset[i * FIELDS + 1] = piece.start + piece.pointInCell;
      toOffset[i * FIELDS + 2] = piece.width;
      toOffset[i * FIELDS + 3] = piece.end - 1;
    }
    byOffset = new PieceIndex(starts);
    byRank = new PieceIndex(firstRanks);
  }

  /** The rank of an offset from 0 to before the table's end. */
  long rankOf(long offset) {
    int at = byOffset.pieceOf(offset) * FIELDS;
    // Reciprocal.quotient, with its fields beside the piece's others.
    return toRank[at + 1]
        + (Math.unsignedMultiplyHigh((offset - toRank[at]) << 1, toRank[at + 2])
            >>> toRank[at + 3]);
  }

  /** The offset that stands for a rank; it has that rank. */
  long offsetOf(long rank) {
    int at = byRank.pieceOf(rank) * FIELDS;
    // A piece's last cell may be cut; its last offset then stands for it, which is nearer to all of
    // the cell.
    return Math.min(toOffset[at + 1] + toOffset[at + 2] * (rank - toOffset[at]), toOffset[at + 3]);
  }

  /** The number of pieces. */
  int pieces() {
    return pieces;
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
