package org.jetfold.tables;

import java.io.IOException;
import java.util.OptionalLong;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.FileFailures;
import org.jspecify.annotations.Nullable;

/** Puts the file's name into what a failing device says. */
final class NamedSource implements TableSource {
  private final TableSource source;
  private final String name;

  NamedSource(TableSource source, String name) {
    this.source = source;
    this.name = name;
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
    try {
      return source.next(rows);
    } catch (IOException e) {
      throw FileFailures.reading(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
