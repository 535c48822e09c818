package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/** Cannot read, and says why. */
final class UnknownReader extends ValueReader {
  private final String reason;

  UnknownReader(String reason) {
    this.reason = reason;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    throw in.error("a member cannot be passed over: " + reason);
  }
}
