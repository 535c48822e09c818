package org.jetfold.tables;

import java.io.IOException;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.FileFailures;
import org.jspecify.annotations.Nullable;

/** Puts the file's name into what a failing device says. */
final class NamedSource extends ForwardingSource {
  private final String name;

  NamedSource(TableSource source, String name) {
    super(source);
    this.name = name;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    try {
      return super.next(rows);
    } catch (IOException e) {
      throw FileFailures.reading(name, e);
    }
  }
}
