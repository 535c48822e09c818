package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectHeader;

/** Passes over what is not understood, by its byte count. */
final class OpaqueReader extends ValueReader {
  private final String reason;

  OpaqueReader(String reason) {
    this.reason = reason;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    ObjectHeader header = ObjectHeader.read(in);
    if (header.end() < 0) {
      throw in.error("a member cannot be passed over, because it has no byte count: " + reason);
    }
    in.position(header.end());
  }
}
