package org.jetfold.root.shape;

import java.io.IOException;
import java.util.List;
import org.jetfold.root.source.ByteCursor;

/** Reads one value of each of several readers, in turn. */
final class InSequenceReader extends ValueReader {
  private final List<ValueReader> readers;

  InSequenceReader(List<ValueReader> readers) {
    this.readers = List.copyOf(readers);
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    for (ValueReader reader : readers) {
      reader.read(in);
    }
  }

  @Override
  public int fixedSize() {
    long size = 0;
    for (ValueReader reader : readers) {
      if (reader.fixedSize() < 0) {
        return -1;
      }
      size += reader.fixedSize();
    }
    return size <= Integer.MAX_VALUE ? (int) size : -1;
  }
}
