package org.jetfold.tables.hdf5;

import java.io.IOException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/** jHDF answers damage with unchecked exceptions of many kinds; here they become ours. */
final class GuardedSource implements TableSource {
  private final String name;
  private final TableSource source;

  GuardedSource(String name, TableSource source) {
    this.name = name;
    this.source = source;
  }

  static UnreadableTableException unreadable(String name, RuntimeException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnreadableTableException(
        "%s: it is no HDF5 file, or it is damaged: %s".formatted(name, reason), e);
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    try {
      return source.next(rows);
    } catch (RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
