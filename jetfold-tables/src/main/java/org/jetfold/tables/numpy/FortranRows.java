package org.jetfold.tables.numpy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.rows.GrowingValues;

/**
 * Rows of an array of several dimensions that is stored column by column (Fortran order) in a file
 * that can be read at any place.
 */
final class FortranRows implements RowReader {
  private static final int CHUNK = 1 << 16;

  private final FileChannel channel;
  private final String what;
  private final NpyHeader header;
  private final RowLayout layout;
  private final long start;
  private final Closeable owner;
  private long row;

  /**
   * Reads rows.
   *
   * @param layout the columns to read
   * @param start where in the file the data starts
   * @param owner what to close with this reader
   */
  FortranRows(
      FileChannel channel,
      String what,
      NpyHeader header,
      RowLayout layout,
      long start,
      Closeable owner) {
    this.channel = channel;
    this.what = what;
    this.header = header;
    this.layout = layout;
    this.start = start;
    this.owner = owner;
  }

  @Override
  public List<ColumnValues> read(int count) throws IOException {
    List<ColumnValues> values = new ArrayList<>();
    for (Slot slot : layout.slots()) {
      values.add(column(slot, count));
    }
    row += count;
    return values;
  }

  private ColumnValues column(Slot slot, int count) throws IOException {
    int item = header.itemBytes();
    long from = start + (column(slot.at() / item) * header.rows() + row) * item;
    GrowingValues values = new GrowingValues(slot.element().type());
    byte[] chunk = new byte[(int) Math.min(Math.max(CHUNK, item), (long) count * item)];
    int done = 0;
    while (done < count) {
      int now = Math.min(chunk.length / item, count - done);
      ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, now * item);
      long at = from + (long) done * item;
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, at + buffer.position());
        if (read < 0) {
          throw new UnreadableTableException(
              what + ": it ends early: it is damaged or cut off; get it again");
        }
      }
      slot.element().decode(chunk, slot.at() % item, item, now, values);
      done += now;
    }
    return values.take(count);
  }

  /** Where an element of a row stands among the columns: the first dimension changes fastest. */
  private long column(int element) {
    long column = 0;
    int left = element;
    for (int i = header.shape().size() - 1; i > 0; i--) {
      long length = header.shape().get(i);
      long before = 1;
      for (int j = 1; j < i; j++) {
        before *= header.shape().get(j);
      }
      column += left % length * before;
      left = (int) (left / length);
    }
    return column;
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
