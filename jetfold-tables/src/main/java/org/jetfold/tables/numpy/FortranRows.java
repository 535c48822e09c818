package org.jetfold.tables.numpy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.rows.GrowingValues;

/**
 * Rows of a 2-D array that is stored column by column (Fortran order) in a file that can be read at
 * any place.
 */
final class FortranRows implements RowReader {
  private static final int CHUNK = 1 << 16;

  private final FileChannel channel;
  private final String what;
  private final ElementType type;
  private final long start;
  private final long rows;
  private final int columns;
  private final Closeable owner;
  private long row;

  /**
   * Reads rows.
   *
   * @param start where in the file the data starts
   * @param owner what to close with this reader
   */
  FortranRows(
      FileChannel channel,
      String what,
      ElementType type,
      long start,
      long rows,
      int columns,
      Closeable owner) {
    this.channel = channel;
    this.what = what;
    this.type = type;
    this.start = start;
    this.rows = rows;
    this.columns = columns;
    this.owner = owner;
  }

  @Override
  public List<ColumnValues> read(int count) throws IOException {
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      values.add(column(start + (column * rows + row) * type.bytes(), count));
    }
    row += count;
    return values;
  }

  private ColumnValues column(long from, int count) throws IOException {
    GrowingValues values = new GrowingValues(Objects.requireNonNull(type.valueType()));
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * type.bytes())];
    int done = 0;
    while (done < count) {
      int now = Math.min(chunk.length / type.bytes(), count - done);
      ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, now * type.bytes());
      long at = from + (long) done * type.bytes();
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, at + buffer.position());
        if (read < 0) {
          throw new UnreadableTableException(
              what + ": it ends early: it is damaged or cut off; get it again");
        }
      }
      type.decode(chunk, 0, type.bytes(), now, values);
      done += now;
    }
    return values.take(count);
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
