package org.jetfold.cli;

import java.io.IOException;
import java.util.OptionalLong;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** A source whose first piece was looked at before it is read. Closing it closes the source. */
final class PeekedSource implements TableSource {
  private static final int ROWS = 4096;

  private final TableSource source;
  private @Nullable Table first;

  PeekedSource(TableSource source) throws IOException {
    this.source = source;
    first = source.next(ROWS);
  }

  /** The first piece; null where the table is empty. */
  @Nullable Table first() {
    return first;
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public OptionalLong rootEntries() {
    return source.rootEntries();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = first;
    first = null;
    return piece == null ? source.next(rows) : piece;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
