package org.jetfold.tables;

import java.io.IOException;
import java.util.function.Consumer;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.tables.rows.FlatRows;

/** Lays pieces out in rows before a format that knows only rows takes them. */
final class FlatSink implements TableSink {
  private final TableSink sink;
  private final FlatRows rows;
  private final String name;
  private final Consumer<String> warnings;

  FlatSink(TableSink sink, FlatRows rows, String name, Consumer<String> warnings) {
    this.sink = sink;
    this.rows = rows;
    this.name = name;
    this.warnings = warnings;
  }

  @Override
  public void write(Table piece) throws IOException {
    sink.write(rows.of(piece));
  }

  @Override
  public void finish() throws IOException {
    sink.finish();
    if (rows.emptyEvents() > 0) {
      warnings.accept(
          "%s: %d events without objects are lost, because this format has only rows: write NPZ to keep them"
              .formatted(name, rows.emptyEvents()));
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
