package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.GrowingValues;
import org.jspecify.annotations.Nullable;

/**
 * The flat table in a Parquet file. Columns that are no numbers are named as left out; a missing
 * value is NaN in a float column and an error in others.
 */
final class ParquetTableSource implements TableSource {
  private final String name;
  private final DuckDb database;
  private final LiteralPath path;
  private final Schema schema;
  private final long rows;
  private final List<GrowingValues> waiting = new ArrayList<>();
  private @Nullable DuckDBPreparedStatement statement;
  private @Nullable DuckDBChunkedResult result;
  private long read;

  private ParquetTableSource(String name, DuckDb database, LiteralPath path, SourceOptions options)
      throws IOException {
    this.name = name;
    this.database = database;
    this.path = path;
    try {
      rows = count();
      List<String> selected = new ArrayList<>();
      List<Column> columns = columns(selected, options);
      schema = Schema.flat(columns);
      columns.forEach(column -> waiting.add(new GrowingValues(column.type())));
      statement =
          (DuckDBPreparedStatement)
              database
                  .connection()
                  .prepareStatement(
                      "SELECT " + String.join(", ", selected) + " FROM " + path.table());
      result = statement.query();
    } catch (SQLException e) {
      throw unreadable(name, path, e);
    }
  }

  /**
   * Opens a file: a table of events where it has lists or records, else a flat one.
   *
   * @param first another file of the same table, whose collections count; null for none
   */
  static TableSource open(
      Path file, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    Files.newByteChannel(file).close();
    LiteralPath path = LiteralPath.of(file);
    DuckDb database;
    try {
      database = DuckDb.open();
    } catch (IOException | RuntimeException | Error e) {
      path.close();
      throw e;
    }
    try {
      TableSource events = events(name, database, path, options, first);
      return events != null ? events : new ParquetTableSource(name, database, path, options);
    } catch (IOException | RuntimeException e) {
      close(database, path);
      throw e;
    }
  }

  private static @Nullable TableSource events(
      String name,
      DuckDb database,
      LiteralPath path,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first)
      throws IOException {
    List<ListColumn> columns = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    boolean nested = false;
    try (Statement query = database.connection().createStatement();
        ResultSet answer = query.executeQuery("DESCRIBE SELECT * FROM " + path.table())) {
      while (answer.next()) {
        String column = answer.getString(1);
        String type = answer.getString(2);
        String quoted = '"' + column.replace("\"", "\"\"") + '"';
        List<ListColumn> found = ListColumn.find(column, quoted, type, leftOut::add);
        nested |= found.stream().anyMatch(c -> c.depth() > 0 || !c.name().equals(column));
        columns.addAll(found);
      }
      if (!nested) {
        return null;
      }
      leftOut.forEach(line -> options.warn(name + ": " + line));
      List<EventNotes.Note> notes =
          leftOut.isEmpty()
              ? EventNotes.parse(note(database, path, EventNotes.KEY), columns.size())
              : null;
      return new ParquetEventSource(name, database, path, columns, notes, options, first);
    } catch (SQLException e) {
      throw unreadable(name, path, e);
    }
  }

  private static UnreadableTableException unreadable(
      String name, LiteralPath path, SQLException e) {
    return new UnreadableTableException(
        "%s: it is no Parquet file, or it is damaged: %s".formatted(name, reason(name, path, e)),
        e);
  }

  private static String reason(String name, LiteralPath path, SQLException e) {
    return DuckDb.firstLine(e)
        .replace(path.shown(), name)
        .replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
  }

  private long count() throws SQLException {
    try (Statement query = database.connection().createStatement();
        ResultSet answer =
            query.executeQuery(
                "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata("
                    + path.literal()
                    + ")")) {
      answer.next();
      return answer.getLong(1);
    }
  }

  private List<Column> columns(List<String> selected, SourceOptions options)
      throws SQLException, IOException {
    List<Column> all = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    String note = note(database, path, ColumnNotes.KEY);
    try (Statement query = database.connection().createStatement();
        ResultSet answer = query.executeQuery("DESCRIBE SELECT * FROM " + path.table())) {
      while (answer.next()) {
        String column = answer.getString(1);
        String type = answer.getString(2);
        ValueType known = ParquetTypes.valueType(type);
        // Notes count the columns that Jetfold wrote, which are all of a type that it knows.
        if (column.isEmpty()) {
          leftOut.add("%s: column %d left out: it has no name".formatted(name, answer.getRow()));
        } else if (known == null) {
          leftOut.add(
              "%s: column %s left out: its type %s is no number".formatted(name, column, type));
        } else {
          all.add(new Column(column, known));
          selected.add(ParquetTypes.selection(column, type));
        }
      }
    }
    leftOut.forEach(options::warn);
    if (all.isEmpty()) {
      throw new UnreadableTableException(name + ": it holds no column of numbers");
    }
    try {
      List<Column> noted = ColumnNotes.applied(all, leftOut.isEmpty() ? note : null);
      Schema.flat(noted);
      return noted;
    } catch (IllegalArgumentException e) {
      return all;
    }
  }

  private static @Nullable String note(DuckDb database, LiteralPath path, String key)
      throws SQLException {
    String sql =
        "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE key = encode(%s)"
            .formatted(path.literal(), DuckDb.quoted(key));
    try (Statement query = database.connection().createStatement();
        ResultSet answer = query.executeQuery(sql)) {
      return answer.next() ? answer.getString(1) : null;
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(rows);
  }

  @Override
  public @Nullable Table next(int asked) throws IOException {
    GrowingValues first = waiting.getFirst();
    while (first.size() < asked && readChunk()) {
      // Chunks are small (2,048 rows), and some of them make a piece.
    }
    int count = Math.min(Math.max(1, asked), first.size());
    if (count == 0) {
      return null;
    }
    List<ColumnValues> values = new ArrayList<>();
    for (GrowingValues column : waiting) {
      values.add(column.take(count));
    }
    return new Table(schema, count, List.of(), values);
  }

  private boolean readChunk() throws IOException {
    DuckDBChunkedResult open = result;
    if (open == null) {
      return false;
    }
    try {
      if (open.nextChunk()) {
        DuckDBDataChunkReader chunk = open.chunk();
        for (int i = 0; i < waiting.size(); i++) {
          Column column = schema.columns().get(i);
          int missing =
              ParquetTypes.decode(chunk.vector(i), (int) chunk.rowCount(), waiting.get(i));
          if (missing >= 0) {
            throw new UnreadableTableException(
                "%s: row %d, column %s: the value is missing, and an integer column cannot say so: fill it in, or make the"
                        .formatted(name, read + missing + 1, column.name())
                    + " column a float");
          }
        }
        read += chunk.rowCount();
        return true;
      }
      open.close();
    } catch (SQLException | DuckDBFunctions.FunctionException e) {
      throw damaged(e);
    }
    result = null;
    if (read != rows) {
      throw damaged(null);
    }
    return false;
  }

  private UnreadableTableException damaged(@Nullable Exception cause) {
    String where = "%s: it cannot be read beyond row %d of %d".formatted(name, read, rows);
    return switch (cause) {
      case null -> new UnreadableTableException(where + ": it is damaged; get it again");
      // Or it is more than fits in memory, which DuckDB then says.
      case SQLException e -> new UnreadableTableException(where + ": " + reason(name, path, e), e);
      default -> new UnreadableTableException(where + ": it is damaged; get it again", cause);
    };
  }

  @Override
  public void close() throws IOException {
    try {
      if (result != null) {
        result.close();
      }
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw new IOException(name + ": DuckDB cannot close it: " + DuckDb.firstLine(e), e);
    } finally {
      close(database, path);
    }
  }

  private static void close(DuckDb database, LiteralPath path) throws IOException {
    try {
      database.close();
    } finally {
      path.close();
    }
  }
}
