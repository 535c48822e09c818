package org.jetfold.root.shape;

import java.io.IOException;
import java.util.List;
import org.jetfold.root.source.ByteCursor;

/**
 * Reads as many values as there are up to the end of the bytes: an entry of a branch that holds one
 * member of many objects.
 */
final class ToEndReader extends ValueReader {
  private final ValueReader element;
  private final List<ColumnSink> sinks;

  ToEndReader(ValueReader element, List<ColumnSink> sinks) {
    this.element = element;
    this.sinks = sinks;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    int count = 0;
    int size = element.fixedSize();
    if (size > 0) {
      count = in.remaining() / size;
      if (count * size != in.remaining()) {
        throw in.error("an entry of %d bytes with values of %d".formatted(in.remaining(), size));
      }
      element.readLoop(in, count);
    } else if (in.remaining() > 0 && element instanceof HeadedReader headed) {
      count = headed.readToEnd(in);
    } else {
      while (in.remaining() > 0) {
        element.read(in);
        count++;
      }
    }
    for (ColumnSink sink : sinks) {
      sink.list(0, count);
    }
  }

  /**
   * Reads many entries that follow each other. Values of a fixed size are taken all at once.
   *
   * @param starts where each entry begins; one more element than there are entries
   */
  void read(ByteCursor in, int[] starts, int first, int last) throws IOException {
    int size = element.fixedSize();
    if (size <= 0) {
      for (int i = first; i < last; i++) {
        in.window(starts[i], starts[i + 1]);
        read(in);
      }
      return;
    }
    for (int i = first; i < last; i++) {
      int bytes = starts[i + 1] - starts[i];
      int count = bytes / size;
      if (count * size != bytes) {
        throw in.error("an entry of %d bytes with values of %d".formatted(bytes, size));
      }
      for (ColumnSink sink : sinks) {
        sink.list(0, count);
      }
    }
    in.window(starts[first], starts[last]);
    element.readLoop(in, in.remaining() / size);
  }

  /** Reads {@code count} values, where the number is known from elsewhere. */
  void read(ByteCursor in, int count) throws IOException {
    for (ColumnSink sink : sinks) {
      sink.list(0, count);
    }
    if (count > 0) {
      element.readLoop(in, count);
    }
  }
}
