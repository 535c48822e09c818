package org.jetfold.tables.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/** A Parquet file, and a DuckDB that answers questions about it. Not thread-safe. */
final class ParquetInput implements Closeable {
  private static final String MAGIC = "PAR1";
  private static final String MAGIC_OF_ENCRYPTED = "PARE";

  /** How DuckDB speaks of what it cannot do, whatever the state of the file. */
  private static final Pattern LIMIT =
      Pattern.compile("(?i)(not|only|un)[ -]?(yet )?(supported|implemented)|encrypted");

  private final String name;
  private final FileChannel file;
  private final LiteralPath path;
  private final DuckDb database;

  private ParquetInput(String name, FileChannel file, LiteralPath path, DuckDb database) {
    this.name = name;
    this.file = file;
    this.path = path;
    this.database = database;
  }

  /** Takes a row of an answer. */
  @FunctionalInterface
  interface RowTaker {
    /** Takes one. */
    void take(ResultSet row) throws SQLException;
  }

  /** Opens a file. */
  static ParquetInput open(Path path, String name) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      requireMagic(file, name);
      LiteralPath literal = LiteralPath.of(path);
      try {
        return new ParquetInput(name, file, literal, DuckDb.open());
      } catch (IOException | RuntimeException | Error e) {
        literal.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static void requireMagic(FileChannel file, String name) throws IOException {
    String begin = magic(file, 0);
    String end = magic(file, file.size() - MAGIC.length());
    if (begin.equals(MAGIC_OF_ENCRYPTED)
        || (begin.equals(MAGIC) && end.equals(MAGIC_OF_ENCRYPTED))) {
      throw new UnreadableTableException(
          name + ": it is encrypted, which is not supported: decrypt it first");
    }
    if (!begin.equals(MAGIC)) {
      throw new UnreadableTableException(
          "%s: it is no Parquet file: it does not start with %s".formatted(name, MAGIC));
    }
    if (!end.equals(MAGIC)) {
      throw new UnreadableTableException(
          "%s: it does not end with %s: it is cut off or damaged; get it again"
              .formatted(name, MAGIC));
    }
  }

  private static String magic(FileChannel file, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length());
    while (at >= 0 && bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
      // It comes in one piece, but nobody promises it.
    }
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
  }

  /** The file's name, for messages. */
  String name() {
    return name;
  }

  /** The file's bytes. */
  FileChannel file() {
    return file;
  }

  /** The database. */
  DuckDb database() {
    return database;
  }

  /** The file's path as an SQL literal. */
  String literal() {
    return path.literal();
  }

  /** The file as an SQL table. */
  String table() {
    return path.table();
  }

  /** Asks a question and takes the answer row by row. */
  void query(String sql, RowTaker taker) throws SQLException {
    try (Statement query = database.connection().createStatement();
        ResultSet answer = query.executeQuery(sql)) {
      while (answer.next()) {
        taker.take(answer);
      }
    }
  }

  /** A number that a question has for an answer. */
  long number(String sql) throws SQLException {
    long[] number = new long[1];
    query(sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  /** A text in the file's metadata; null where there is none of that key. */
  @Nullable String note(String key) throws SQLException {
    String sql =
        "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE key = encode(%s)"
            .formatted(literal(), DuckDb.quoted(key));
    String[] note = new String[1];
    query(sql, row -> note[0] = row.getString(1));
    return note[0];
  }

  /**
   * What to say where DuckDB cannot read something.
   *
   * @param what the file, and what in it
   */
  UnreadableTableException unreadable(String what, Exception failure) {
    String message = DuckDb.firstLine(failure);
    String reason =
        message.replace(path.shown(), name).replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
    if (message.startsWith("Out of Memory Error")) {
      return new UnreadableTableException(
          "%s needs more memory than there is for it: %s".formatted(what, reason), failure);
    }
    return new UnreadableTableException(
        LIMIT.matcher(message).find()
            ? "%s cannot be read: %s: store it in another way".formatted(what, reason)
            : "%s cannot be read: it is damaged: %s; get the file again".formatted(what, reason),
        failure);
  }

  @Override
  public void close() throws IOException {
    try {
      database.close();
    } finally {
      try {
        path.close();
      } finally {
        file.close();
      }
    }
  }
}
