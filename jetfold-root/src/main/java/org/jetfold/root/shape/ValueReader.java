package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/** Reads values of one shape and hands what is wanted to the columns' sinks. Not thread-safe. */
public abstract class ValueReader {
  ValueReader() {}

  /** Reads one value. */
  public abstract void read(ByteCursor in) throws IOException;

  /**
   * Reads values that are streamed together: array elements, or the same member of several objects.
   */
  public void readLoop(ByteCursor in, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      read(in);
    }
  }

  /** Reads one value that has no header of its own, as in the pairs of a map. */
  void readBare(ByteCursor in) throws IOException {
    read(in);
  }

  /** The size of every value in bytes; −1 where it differs. */
  public int fixedSize() {
    return -1;
  }
}
