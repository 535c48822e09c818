package org.jetfold.tables.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB of our own, in memory, that reads no settings, loads no extensions and writes no files
 * but those it is told to.
 */
final class DuckDb implements Closeable {
  /** The most that DuckDB takes beside the Java heap. */
  private static final String MEMORY = "1GB";

  private static volatile boolean libraryIsNamed = true;

  private final DuckDBConnection connection;

  private DuckDb(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Opens a database. */
  static DuckDb open() throws IOException {
    Properties settings = new Properties();
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    DuckDb database;
    try {
      database =
          new DuckDb((DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings));
    } catch (SQLException e) {
      throw new IOException("DuckDB does not start: " + firstLine(e), e);
    }
    unlinkLibrary();
    try {
      database.run("SET memory_limit = '" + MEMORY + "'");
      database.run("SET threads = " + Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
      database.run("SET temp_directory = ''");
      database.run("SET autoinstall_known_extensions = false");
      database.run("SET autoload_known_extensions = false");
      return database;
    } catch (SQLException e) {
      database.close();
      throw new IOException("DuckDB does not start: " + firstLine(e), e);
    }
  }

  /**
   * DuckDB's driver unpacks 70 MB into the folder for temporary files and removes them when the
   * process ends, but not where it is killed. Linux needs no name for a library that is loaded, so
   * the name goes now.
   */
  private static void unlinkLibrary() {
    Path maps = Path.of("/proc/self/maps");
    if (!libraryIsNamed || !Files.isReadable(maps)) {
      return;
    }
    libraryIsNamed = false;
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
      String folder = System.getProperty("java.io.tmpdir", ".");
      Pattern unpacked =
          Pattern.compile(".* (" + Pattern.quote(folder) + "/*libduckdb_java[0-9]+\\.so)");
      for (String line : lines.toList()) {
        Matcher library = unpacked.matcher(line);
        if (library.matches()) {
          Files.deleteIfExists(Path.of(library.group(1)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Then it goes when the process ends.
      return;
    }
  }

  /** The connection. */
  DuckDBConnection connection() {
    return connection;
  }

  /** Runs a statement without a result. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A text as an SQL literal. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as SQL writes it. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The part of DuckDB's message that says what happened; the rest repeats the statement. */
  static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot close: " + firstLine(e), e);
    }
  }
}
