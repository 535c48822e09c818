package org.jetfold.tables.events;

import java.io.Closeable;
import java.io.IOException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jspecify.annotations.Nullable;

/** A 1-D array in a file, read from front to back. Not thread-safe. */
public interface NamedArray extends Closeable {
  /** Its name, like no other in the file. */
  default String name() {
    return column().name();
  }

  /** The column that it is, unless it holds offsets. */
  Column column();

  /** The number of its elements. */
  long length();

  /**
   * The collection that it belongs to as the file says: empty for event values, null where the file
   * says nothing.
   */
  @Nullable String collection();

  /**
   * How many elements it groups, if it holds offsets: its last element. −1 where it does not begin
   * with 0, or falls. Does not move the reading.
   */
  long grouped() throws IOException;

  /** The next elements, of which there must be so many. */
  ColumnValues read(int count) throws IOException;
}
