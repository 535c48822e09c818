package org.jetfold.root.shape;

import java.io.IOException;
import java.util.List;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/** Reads arrays that a pointer names and whose length is another member. */
final class CountedReader extends ValueReader {
  private final ValueReader element;
  private final @Nullable GrowingInts counts;
  private final List<ColumnSink> sinks;
  private final int level;

  /**
   * @param counts the lengths, which the reader of the other member fills; null where there is
   *     none, and the array takes the rest of the bytes
   */
  CountedReader(
      ValueReader element, @Nullable GrowingInts counts, List<ColumnSink> sinks, int level) {
    this.element = element;
    this.counts = counts;
    this.sinks = sinks;
    this.level = level;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    read(in, 0);
  }

  @Override
  public void readLoop(ByteCursor in, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      read(in, i);
    }
  }

  private void read(ByteCursor in, int index) throws IOException {
    boolean present = in.remaining() > 0 && in.u1() != 0;
    int count = present ? count(in, index) : 0;
    for (ColumnSink sink : sinks) {
      sink.list(level, count);
    }
    element.readLoop(in, count);
  }

  private int count(ByteCursor in, int index) throws IOException {
    int size = element.fixedSize();
    if (counts == null) {
      if (in.remaining() % size != 0) {
        throw in.error("an array of %d bytes with elements of %d".formatted(in.remaining(), size));
      }
      return in.remaining() / size;
    }
    int count = index < counts.size() ? counts.get(index) : -1;
    if (count < 0 || count > in.remaining() / size) {
      throw in.error(
          "an array of %d elements, but %d bytes are left".formatted(count, in.remaining()));
    }
    return count;
  }
}
