package org.jetfold.tables.rows;

import java.io.IOException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.text.Quantities;
import org.jetfold.tables.format.SinkOptions;

/** Lays pieces out in rows for the sink of a format that knows only rows. */
public final class FlatSink implements TableSink {
  /** Starts to write rows. */
  public interface Opener {
    /** The sink of a flat table. */
    TableSink open(Schema flat) throws IOException;
  }

  private final TableSink sink;
  private final FlatRows rows;
  private final String name;
  private final SinkOptions options;

  private FlatSink(TableSink sink, FlatRows rows, String name, SinkOptions options) {
    this.sink = sink;
    this.rows = rows;
    this.name = name;
    this.options = options;
  }

  /**
   * A sink for a table of any shape that fits in rows.
   *
   * @param name the file's name, for messages
   * @param format the format's name, for messages
   * @param opener makes the format's sink
   */
  public static TableSink of(
      String name, String format, Schema schema, SinkOptions options, Opener opener)
      throws IOException {
    FlatRows rows = new FlatRows(name, format, schema, options);
    return new FlatSink(opener.open(rows.schema()), rows, name, options);
  }

  @Override
  public void write(Table piece) throws IOException {
    sink.write(rows.of(piece));
  }

  @Override
  public void finish() throws IOException {
    sink.finish();
    if (rows.emptyEvents() > 0) {
      options.warn(
          "%s: not kept, because this format has only rows: %s without objects; write NPZ to keep them"
              .formatted(name, Quantities.count(rows.emptyEvents(), "event")));
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
