package org.jetfold.codec.container;

import java.io.IOException;
import org.jetfold.codec.file.ByteSource;

/** Finds frame markers in a source, reading it piece by piece. Not thread-safe. */
final class MarkerSearch {
  private static final int PIECE = 1 << 16;

  private final ByteSource source;
  private byte[] piece = new byte[0];
  private long pieceOffset;

  MarkerSearch(ByteSource source) {
    this.source = source;
  }

  /** The first position from {@code from} on where a marker stands; −1 where none does. */
  long next(long from) throws IOException {
    long last = source.size() - Frame.MARKER.length;
    for (long position = from; position <= last; position++) {
      if (position < pieceOffset || position + Frame.MARKER.length > pieceOffset + piece.length) {
        pieceOffset = position;
        piece = source.read(position, (int) Math.min(PIECE, source.size() - position));
      }
      if (isMarker((int) (position - pieceOffset))) {
        return position;
      }
    }
    return -1;
  }

  private boolean isMarker(int at) {
    for (int i = 0; i < Frame.MARKER.length; i++) {
      if (piece[at + i] != Frame.MARKER[i]) {
        return false;
      }
    }
    return true;
  }
}
