package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.rows.GrowingValues;

/**
 * Rows that follow one another in a stream: an array of one dimension, or one in C order.
 *
 * <p>Memory grows with the bytes that the stream really gives, whatever the header claims.
 */
final class StreamRows implements RowReader {
  private static final int CHUNK = 1 << 18;

  /**
   * Bytes of values that are allocated on the header's word alone; beyond them, arrays grow with
   * the data.
   */
  private static final int TRUSTED = 1 << 26;

  private final InputStream in;
  private final String what;
  private final RowLayout layout;
  private final byte[] chunk;
  private long left;

  /**
   * Reads rows.
   *
   * @param in where the data starts
   * @param what the file, and the array in it, for messages
   * @param layout the columns to read
   * @param rows the number of rows in the stream
   */
  StreamRows(InputStream in, String what, RowLayout layout, long rows) {
    this.in = in;
    this.what = what;
    this.layout = layout;
    this.left = rows;
    int rowBytes = layout.bytes();
    chunk =
        new byte
            [(int)
                Math.min(Math.max(CHUNK, rowBytes), Math.max(1, Math.min(rows, CHUNK)) * rowBytes)];
  }

  @Override
  public List<ColumnValues> read(int rows) throws IOException {
    List<Slot> slots = layout.slots();
    int rowBytes = layout.bytes();
    List<GrowingValues> columns = new ArrayList<>();
    int room = Math.min(rows, TRUSTED / Math.max(1, 8 * slots.size()));
    for (Slot slot : slots) {
      columns.add(new GrowingValues(slot.element().type(), room));
    }
    int most = rowBytes == 0 ? rows : chunk.length / rowBytes;
    int done = 0;
    while (done < rows) {
      int count = Math.min(most, rows - done);
      int read = in.readNBytes(chunk, 0, count * rowBytes);
      if (read < count * rowBytes) {
        throw new UnreadableTableException(
            "%s: it ends %d rows early: it is damaged or cut off; get it again"
                .formatted(what, left - done - (rowBytes == 0 ? 0 : read / rowBytes)));
      }
      for (int i = 0; i < slots.size(); i++) {
        slots.get(i).element().decode(chunk, slots.get(i).at(), rowBytes, count, columns.get(i));
      }
      done += count;
    }
    left -= rows;
    if (left == 0 && in.read() >= 0) {
      throw new UnreadableTableException(
          what
              + ": more data follows the array: it is damaged, or several arrays were saved to one"
              + " file");
    }
    List<ColumnValues> values = new ArrayList<>();
    columns.forEach(column -> values.add(column.take(rows)));
    return values;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
