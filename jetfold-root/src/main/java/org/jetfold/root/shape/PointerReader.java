package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectHeader;

/**
 * Passes over an object behind a pointer: a byte count, a class tag and the object, or the tag of
 * one read before.
 */
final class PointerReader extends ValueReader {
  @Override
  public void read(ByteCursor in) throws IOException {
    int tag = in.i4();
    if ((tag & ObjectHeader.CLASS_MASK) != 0) {
      throw in.error(
          "an object behind a pointer cannot be passed over, because it has no byte count");
    }
    if ((tag & ObjectHeader.BYTE_COUNT) != 0) {
      in.skip(tag & ~ObjectHeader.BYTE_COUNT);
    }
  }
}
