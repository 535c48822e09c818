package org.jetfold.root.shape;

import java.io.IOException;
import java.util.List;
import org.jetfold.root.source.ByteCursor;

/**
 * Reads entries that hold any number of values each: those of an array with a count leaf, or one
 * member of many objects. Not thread-safe.
 */
public final class EntryListReader {
  private final ValueReader element;
  private final List<ColumnSink> sinks;

  EntryListReader(ValueReader element, List<ColumnSink> sinks) {
    this.element = element;
    this.sinks = sinks;
  }

  /** The size of every value in bytes; −1 where it differs. */
  public int valueSize() {
    return element.fixedSize();
  }

  /** Reads an entry: as many values as there are up to the end of the bytes; returns how many. */
  public int read(ByteCursor in) throws IOException {
    int count = 0;
    int size = element.fixedSize();
    if (size > 0) {
      count = list(in, in.remaining());
      element.readLoop(in, count);
      return count;
    }
    if (in.remaining() > 0 && element instanceof HeadedReader headed) {
      count = headed.readToEnd(in);
    } else {
      while (in.remaining() > 0) {
        element.read(in);
        count++;
      }
    }
    list(count);
    return count;
  }

  /**
   * Begins an entry of values of a fixed size that takes some bytes; returns how many there are.
   */
  public int list(ByteCursor in, int bytes) throws IOException {
    int size = element.fixedSize();
    int count = bytes / size;
    if (count * size != bytes) {
      throw in.error("an entry of %d bytes with values of %d".formatted(bytes, size));
    }
    list(count);
    return count;
  }

  /** Reads the values of entries of a fixed size that were begun. */
  public void values(ByteCursor in, int count) throws IOException {
    element.readLoop(in, count);
  }

  /** Reads an entry of {@code count} values. */
  public void read(ByteCursor in, int count) throws IOException {
    list(count);
    if (count > 0) {
      element.readLoop(in, count);
    }
  }

  private void list(int count) throws IOException {
    for (ColumnSink sink : sinks) {
      sink.list(0, count);
    }
  }
}
