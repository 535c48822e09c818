package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.FloatPacking;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table of events as Parquet, compressed with zstd: a row an event, a list column for each
 * column of a collection, lists of lists for lists within objects. Awkward Array, Spark and DuckDB
 * read it so.
 *
 * <p>Events are gathered in DuckDB's memory. What exceeds {@value #PART_BYTES} bytes waits in
 * Parquet files beside the final one, which are joined in the end. Not thread-safe.
 */
final class ParquetEventSink implements TableSink {
  private static final long PART_BYTES = 1 << 27;
  private static final int LIST_BYTES = 16;

  private final TableOutput output;
  private final Schema schema;
  private final Map<String, String> notes;
  private final List<String> names;
  private final List<Path> parts = new ArrayList<>();
  private final @Nullable FloatPacking packing;
  private final NanPatterns nans;
  private final DuckDb database;
  private @Nullable DuckDBAppender appender;
  private long bytes;
  private long waitingBytes;
  private long events;

  /** Starts to write; the sink owns the output. */
  ParquetEventSink(TableOutput output, Schema schema, SinkOptions options) throws IOException {
    this.output = output;
    this.schema = schema;
    String name = output.name();
    if (schema.columns().isEmpty()) {
      throw new TableUsageException(
          name + ": a table without columns cannot be written as Parquet");
    }
    names = ParquetCopy.names(name, schema, options);
    packing = options.packing();
    notes = options.notes();
    nans = new NanPatterns(schema);
    database = DuckDb.open();
    try {
      begin();
    } catch (SQLException e) {
      database.close();
      throw ParquetCopy.failed(e);
    }
  }

  private int depth(int group) {
    return group == 0 ? 0 : 1 + depth(schema.parent(group));
  }

  private void begin() throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(
          "c%d %s%s"
              .formatted(
                  i,
                  ListValues.waitingType(schema.columns().get(i).type()),
                  "[]".repeat(depth(schema.groupOf(i)))));
    }
    database.run("CREATE OR REPLACE TABLE waiting (" + String.join(", ", columns) + ")");
    appender = database.connection().createAppender(DuckDBConnection.DEFAULT_SCHEMA, "waiting");
    waitingBytes = 0;
  }

  @Override
  public void write(Table piece) throws IOException {
    nans.add(piece);
    try {
      append(piece);
      if (waitingBytes > PART_BYTES) {
        Path part = ProcessFiles.file(output.temporaryFolder());
        parts.add(part);
        copyWaiting(part);
        begin();
      }
    } catch (SQLException e) {
      throw ParquetCopy.failed(e);
    }
  }

  private void append(Table piece) throws SQLException {
    DuckDBAppender open = appender;
    if (open == null) {
      throw new IllegalStateException("finished already");
    }
    List<List<int[]>> offsets = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      List<int[]> around = new ArrayList<>();
      for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
        around.addFirst(piece.offsets(group));
      }
      offsets.add(around);
      ValueType type = schema.columns().get(column).type();
      long size = (long) type.bytes() * piece.values(column).size();
      for (int[] lists : around) {
        size += (long) LIST_BYTES * lists.length;
      }
      waitingBytes += size;
      bytes += size;
    }
    for (int event = 0; event < piece.rootEntries(); event++) {
      open.beginRow();
      for (int column = 0; column < names.size(); column++) {
        ListValues.append(
            open,
            piece.values(column),
            schema.columns().get(column).type(),
            offsets.get(column),
            event);
      }
      open.endRow();
    }
    events += piece.rootEntries();
  }

  private void copyWaiting(Path target) throws SQLException {
    closeAppender();
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      selected.add(
          "%s AS %s"
              .formatted(
                  ListValues.selection(
                      "c" + i, schema.columns().get(i).type(), depth(schema.groupOf(i))),
                  DuckDb.identifier(names.get(i))));
    }
    ParquetCopy.run(
        database,
        "SELECT " + String.join(", ", selected) + " FROM waiting",
        target,
        schema,
        notes,
        rowBytes(),
        encoding());
  }

  private ParquetEncoding encoding() {
    return ParquetEncoding.of(packing, nans.differ());
  }

  private long rowBytes() {
    return bytes / Math.max(1, events);
  }

  @Override
  public void finish() throws IOException {
    try {
      if (parts.isEmpty()) {
        copyWaiting(output.path());
      } else {
        Path last = ProcessFiles.file(output.temporaryFolder());
        parts.add(last);
        copyWaiting(last);
        database.run("DROP TABLE waiting");
        ParquetCopy.join(database, parts, output.path(), schema, notes, rowBytes(), encoding());
      }
    } catch (SQLException e) {
      throw ParquetCopy.failed(e);
    }
    output.commit();
  }

  private void closeAppender() throws SQLException {
    DuckDBAppender open = appender;
    appender = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeAppender();
    } catch (SQLException e) {
      throw ParquetCopy.failed(e);
    } finally {
      try {
        database.close();
        for (Path part : parts) {
          Files.deleteIfExists(part);
        }
      } finally {
        output.close();
      }
    }
  }
}
