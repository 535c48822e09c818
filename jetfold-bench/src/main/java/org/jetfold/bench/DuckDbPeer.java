package org.jetfold.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Parquet with zstd, as DuckDB writes it by itself, on one thread: from a table in memory to a file
 * and back. The file lies in the folder for temporary files, which the system's cache holds.
 */
final class DuckDbPeer implements Peer, AutoCloseable {
  private final DuckDBConnection connection;
  private final Path file;

  /**
   * A table of columns.
   *
   * @param bytes the FLOAT32 values, column after column, little-endian
   */
  DuckDbPeer(byte[] bytes, int columns) throws IOException {
    file = Files.createTempFile("jetfold-peer", ".parquet");
    try {
      connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      StringBuilder create = new StringBuilder("CREATE TABLE jets (");
      for (int column = 0; column < columns; column++) {
        create.append(column == 0 ? "" : ", ").append('c').append(column).append(" FLOAT");
      }
      run("SET threads = 1");
      run(create.append(')').toString());
      fill(bytes, columns);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private void fill(byte[] bytes, int columns) throws SQLException {
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int rows = bytes.length / Float.BYTES / columns;
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "jets")) {
      for (int row = 0; row < rows; row++) {
        appender.beginRow();
        for (int column = 0; column < columns; column++) {
          appender.append(values.getFloat((column * rows + row) * Float.BYTES));
        }
        appender.endRow();
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public String name() {
    return "Parquet, zstd (DuckDB)";
  }

  @Override
  public long compress() throws IOException {
    run("COPY jets TO '%s' (FORMAT parquet, COMPRESSION zstd)", file);
    return Files.size(file);
  }

  @Override
  public void decompress() throws IOException {
    run("CREATE OR REPLACE TABLE back AS SELECT * FROM read_parquet('%s')", file);
  }

  private void run(String sql, Path path) throws IOException {
    try {
      run(String.format(Locale.ROOT, sql, path.toString().replace("'", "''")));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
