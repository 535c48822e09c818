package org.jetfold.cli.file;

import java.io.IOException;
import java.util.function.Consumer;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** A table that shows what is read of it to someone else, too. Closing it closes the other. */
public final class WatchedSource extends ForwardingSource {
  private final Consumer<Table> watcher;

  /**
   * Watches a table.
   *
   * @param watcher sees each piece before it is given out
   */
  public WatchedSource(TableSource source, Consumer<Table> watcher) {
    super(source);
    this.watcher = watcher;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = super.next(rows);
    if (piece != null) {
      watcher.accept(piece);
    }
    return piece;
  }
}
