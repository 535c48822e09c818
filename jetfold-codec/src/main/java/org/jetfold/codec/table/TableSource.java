package org.jetfold.codec.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A table that is read piece by piece from front to back, so that it need not fit in memory. Not
 * thread-safe.
 *
 * <p>Data that cannot be read (damaged, ragged, of a type that a table cannot hold) is reported as
 * {@link UnreadableTableException}, whose message names the file and the place; failures of the
 * device as plain {@link IOException}.
 */
public interface TableSource extends Closeable {
  /** The shape of the table; the same for all its pieces. */
  Schema schema();

  /**
   * The next whole root entries.
   *
   * @param rows how many entries of the largest group to aim for; a piece holds at least one root
   *     entry and may go over by the last event's objects
   * @return the entries, or null at the end
   */
  @Nullable Table next(int rows) throws IOException;
}
