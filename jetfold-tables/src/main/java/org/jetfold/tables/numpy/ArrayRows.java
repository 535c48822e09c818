package org.jetfold.tables.numpy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.rows.Spool;

/** Opens the rows of an NPY array, in whatever order its numbers are stored. */
final class ArrayRows {
  private ArrayRows() {}

  /** Whether an array is stored in another order than its rows'. */
  static boolean columnByColumn(NpyHeader header) {
    return header.fortran() && header.shape().size() > 1;
  }

  /**
   * The rows of an array whose data a stream gives; the stream is closed with them, or where this
   * fails. One that is stored column by column goes through a temporary file.
   *
   * @param what the file, and the array in it, for messages
   * @param layout the columns to read
   */
  static RowReader of(InputStream in, String what, NpyHeader header, RowLayout layout)
      throws IOException {
    if (!columnByColumn(header)) {
      return new StreamRows(in, what, layout, header.rows());
    }
    Spool spool;
    try {
      spool = Spool.of(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    Closeable both =
        () -> {
          spool.close();
          in.close();
        };
    if (spool.size() != header.dataBytes()) {
      long size = spool.size();
      both.close();
      throw new UnreadableTableException(
          "%s: it has %d bytes of data, but its header asks for %d: it is damaged or cut off"
              .formatted(what, size, header.dataBytes()));
    }
    return new FortranRows(spool.channel(), what, header, layout, 0, both);
  }
}
