package org.jetfold.tables.arrays;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;

/** Reads an array row by row, from front to back, as one or more columns. Not thread-safe. */
public interface RowReader extends Closeable {
  /**
   * The next rows, one entry a column. The caller does not ask for more than are left; the call
   * that reads the last row also checks that the data ends there, undamaged, as far as the format
   * lets it.
   */
  List<ColumnValues> read(int rows) throws IOException;
}
