package org.jetfold.codec.table;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table that is another one; subclasses change what they do otherwise. Closing it closes the
 * other. Not thread-safe.
 */
public abstract class ForwardingSource implements TableSource {
  private final TableSource source;

  /** A table that is {@code source}. */
  protected ForwardingSource(TableSource source) {
    this.source = source;
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
    return source.next(rows);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
