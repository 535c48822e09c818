package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/** Passes over text. */
final class TextReader extends ValueReader {
  private final boolean wideCount;

  TextReader(boolean wideCount) {
    this.wideCount = wideCount;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    in.skip(wideCount ? in.i4() : in.textLength());
  }
}
