package org.jetfold.tables;

import java.io.IOException;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.tables.format.FileFailures;

/** Puts the file's name into what a failing device says, such as that no space is left. */
final class NamedSink implements TableSink {
  private final TableSink sink;
  private final String name;

  NamedSink(TableSink sink, String name) {
    this.sink = sink;
    this.name = name;
  }

  @Override
  public void write(Table piece) throws IOException {
    try {
      sink.write(piece);
    } catch (IOException e) {
      throw FileFailures.writing(name, e);
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      sink.finish();
    } catch (IOException e) {
      throw FileFailures.writing(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
