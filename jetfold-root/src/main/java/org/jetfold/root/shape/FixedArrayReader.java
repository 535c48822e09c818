package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/** Reads arrays of a fixed size. */
final class FixedArrayReader extends ValueReader {
  private final int count;
  private final ValueReader element;

  FixedArrayReader(int count, ValueReader element) {
    this.count = count;
    this.element = element;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    element.readLoop(in, count);
  }

  @Override
  public void readLoop(ByteCursor in, int loops) throws IOException {
    if (element.fixedSize() > 0) {
      if ((long) loops * count > in.remaining()) {
        throw in.error(
            "%d arrays of %d elements, but %d bytes are left"
                .formatted(loops, count, in.remaining()));
      }
      element.readLoop(in, loops * count);
    } else {
      super.readLoop(in, loops);
    }
  }

  @Override
  public int fixedSize() {
    long size = (long) element.fixedSize() * count;
    return size > 0 && size <= Integer.MAX_VALUE ? (int) size : -1;
  }
}
