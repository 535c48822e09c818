package org.jetfold.tables.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.GrowingValues;

/**
 * The rows of a query from front to back, with a connection of its own, so that several can be open
 * at the same time. Not thread-safe.
 */
final class ColumnCursor implements Closeable {
  private final String name;
  private final List<String> columns;
  private final DuckDBConnection connection;
  private final DuckDBPreparedStatement statement;
  private final DuckDBChunkedResult result;
  private final List<GrowingValues> waiting = new ArrayList<>();
  private long taken;

  /**
   * Starts a query.
   *
   * @param name the file's name, for messages
   * @param columns the columns' names, for messages
   * @param types the types of the result's columns
   */
  ColumnCursor(
      String name, DuckDb database, List<String> columns, List<ValueType> types, String sql)
      throws SQLException {
    this.name = name;
    this.columns = List.copyOf(columns);
    types.forEach(type -> waiting.add(new GrowingValues(type)));
    connection = database.connection().duplicate();
    try {
      statement = (DuckDBPreparedStatement) connection.prepareStatement(sql);
      result = statement.query();
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Fetches until so many rows wait, or the end; says how many do. */
  int fetch(int rows) throws IOException {
    GrowingValues first = waiting.getFirst();
    try {
      while (first.size() < rows && result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        int before = first.size();
        for (int i = 0; i < waiting.size(); i++) {
          int missing =
              ParquetTypes.decode(chunk.vector(i), (int) chunk.rowCount(), waiting.get(i));
          if (missing >= 0) {
            throw new UnreadableTableException(
                "%s: column %s: value %d is missing, and an integer column cannot say so: fill it in, or make the column a float"
                    .formatted(name, columns.get(i), taken + before + missing + 1));
          }
        }
      }
    } catch (DuckDBFunctions.FunctionException e) {
      throw damaged(e);
    }
    return first.size();
  }

  private UnreadableTableException damaged(DuckDBFunctions.FunctionException cause) {
    return new UnreadableTableException(
        "%s: column %s cannot be read beyond value %d: it is damaged; get it again"
            .formatted(name, columns.getFirst(), taken + waiting.getFirst().size()),
        cause);
  }

  /** The column of the waiting rows, longer than {@link #fetch} says. */
  long[] integers(int column) {
    return waiting.get(column).integers();
  }

  /** Removes rows, which must be there, and returns their columns. */
  List<ColumnValues> take(int rows) throws IOException {
    if (fetch(rows) < rows) {
      throw new UnreadableTableException(
          "%s: column %s has fewer values than its lists say: it is damaged"
              .formatted(name, columns.getFirst()));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (GrowingValues column : waiting) {
      values.add(column.take(rows));
    }
    taken += rows;
    return values;
  }

  @Override
  public void close() throws IOException {
    try {
      result.close();
      statement.close();
      connection.close();
    } catch (SQLException e) {
      throw new IOException(name + ": DuckDB cannot close it: " + DuckDb.firstLine(e), e);
    }
  }
}
