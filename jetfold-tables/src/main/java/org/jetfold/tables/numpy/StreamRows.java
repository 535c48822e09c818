package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.rows.GrowingValues;

/**
 * Rows that follow one another in a stream: a 1-D array, plain or structured, or a 2-D array in C
 * order.
 *
 * <p>Memory grows with the bytes that the stream really gives, whatever the header claims.
 */
final class StreamRows implements RowReader {
  /** The longest row in bytes; so no header makes the reader allocate more than this at once. */
  static final int MAX_ROW = 1 << 20;

  private static final int CHUNK = 1 << 18;

  /**
   * Bytes of values that are allocated on the header's word alone; beyond them, arrays grow with
   * the data.
   */
  private static final int TRUSTED = 1 << 26;

  /** One column: the elements' type and where in a row they are. */
  record Slot(ElementType type, int from) {}

  private final InputStream in;
  private final String what;
  private final List<Slot> slots;
  private final int rowBytes;
  private final byte[] chunk;
  private long left;

  /**
   * Reads rows.
   *
   * @param in where the data starts
   * @param what the file, and the array in it, for messages
   * @param rowBytes bytes from one row to the next
   * @param rows the number of rows in the stream
   */
  StreamRows(InputStream in, String what, List<Slot> slots, int rowBytes, long rows) {
    this.in = in;
    this.what = what;
    this.slots = slots;
    this.rowBytes = rowBytes;
    this.left = rows;
    chunk =
        new byte
            [(int)
                Math.min(Math.max(CHUNK, rowBytes), Math.max(1, Math.min(rows, CHUNK)) * rowBytes)];
  }

  @Override
  public List<ColumnValues> read(int rows) throws IOException {
    List<GrowingValues> columns = new ArrayList<>();
    int room = Math.min(rows, TRUSTED / Math.max(1, 8 * slots.size()));
    for (Slot slot : slots) {
      columns.add(new GrowingValues(Objects.requireNonNull(slot.type().valueType()), room));
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
        slots.get(i).type().decode(chunk, slots.get(i).from(), rowBytes, count, columns.get(i));
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
