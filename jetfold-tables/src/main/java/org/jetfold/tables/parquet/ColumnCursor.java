package org.jetfold.tables.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.GrowingValues;
import org.jetfold.tables.rows.ValueChanges;

/**
 * The rows of a query from front to back, with a connection of its own, so that several can be open
 * at the same time. Not thread-safe.
 */
final class ColumnCursor implements Closeable {
  private final String name;
  private final List<Answer> answers;
  private final ValueChanges changes;
  private final DuckDBConnection connection;
  private final DuckDBPreparedStatement statement;
  private final DuckDBChunkedResult result;
  private final List<GrowingValues> waiting = new ArrayList<>();
  private long taken;

  /**
   * A column of the query's answer.
   *
   * @param column the file's column that it is about
   * @param lengths whether it gives the lengths of lists, of which one that is missing has none
   */
  record Answer(String column, String sql, ValueType type, boolean lengths) {
    /** The numbers of a column. */
    static Answer values(ListColumn column) {
      return new Answer(column.name(), column.values(), column.type(), false);
    }

    /** The lengths of a column's lists at a level. */
    static Answer lengths(ListColumn column, int level) {
      return new Answer(column.name(), column.lengths(level), ValueType.INT64, true);
    }
  }

  /**
   * Starts a query.
   *
   * @param answers what it gives, at least one
   * @param changes counts what is missing or rounded
   */
  ColumnCursor(ParquetInput input, List<Answer> answers, ValueChanges changes) throws SQLException {
    this.name = input.name();
    this.answers = List.copyOf(answers);
    this.changes = changes;
    answers.forEach(answer -> waiting.add(new GrowingValues(answer.type())));
    String sql =
        "SELECT %s FROM %s"
            .formatted(
                String.join(", ", answers.stream().map(Answer::sql).toList()), input.table());
    connection = input.database().connection().duplicate();
    try {
      statement = (DuckDBPreparedStatement) connection.prepareStatement(sql);
      result = statement.query();
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Fetches until so many rows wait, or the end; says how many do.
   *
   * @throws org.duckdb.DuckDBFunctions.FunctionException where DuckDB cannot read on
   */
  int fetch(int rows) {
    GrowingValues first = waiting.getFirst();
    while (first.size() < rows && result.nextChunk()) {
      DuckDBDataChunkReader chunk = result.chunk();
      int before = first.size();
      for (int i = 0; i < waiting.size(); i++) {
        Answer answer = answers.get(i);
        if (answer.lengths()) {
          int missing =
              ParquetTypes.decodeLengths(chunk.vector(i), (int) chunk.rowCount(), waiting.get(i));
          changes.add(answer.column(), ValueChanges.LISTS, missing);
          continue;
        }
        int missing =
            ParquetTypes.decode(
                chunk.vector(i), (int) chunk.rowCount(), answer, waiting.get(i), changes);
        if (missing >= 0) {
          throw new UnreadableTableException(
              "%s: column %s: value %d is missing, which a column of integers cannot say, and the file before has integers here: read this file first"
                  .formatted(name, answer.column(), taken + before + missing + 1));
        }
      }
    }
    return first.size();
  }

  /** Removes rows, which must be there, and returns their columns. */
  List<ColumnValues> take(int rows) {
    if (fetch(rows) < rows) {
      throw new UnreadableTableException(
          "%s: column %s has %d values instead of %d or more: it is damaged; get it again"
              .formatted(
                  name,
                  answers.getFirst().column(),
                  taken + waiting.getFirst().size(),
                  taken + rows));
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
