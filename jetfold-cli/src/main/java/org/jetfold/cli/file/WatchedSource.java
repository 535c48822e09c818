package org.jetfold.cli.file;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** A table that shows what is read of it to someone else, too. Closing it closes the other. */
public final class WatchedSource implements TableSource {
  private final TableSource source;
  private final Consumer<Table> watcher;

  /**
   * Watches a table.
   *
   * @param watcher sees each piece before it is given out
   */
  public WatchedSource(TableSource source, Consumer<Table> watcher) {
    this.source = source;
    this.watcher = watcher;
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
    Table piece = source.next(rows);
    if (piece != null) {
      watcher.accept(piece);
    }
    return piece;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
