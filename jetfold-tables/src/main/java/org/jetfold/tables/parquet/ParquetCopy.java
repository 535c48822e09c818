package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.tables.events.ColumnNotes;
import org.jetfold.tables.events.FieldNames;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.FreeName;

/**
 * How a table gets from DuckDB into a Parquet file, compressed with zstd. Without Bloom filters:
 * they find single values, which nobody looks for among measurements, and take more than some of
 * the columns.
 */
final class ParquetCopy {
  private static final long GROUP_BYTES = 1 << 26;
  private static final int VECTOR_ROWS = 2048;
  private static final int MAX_GROUP_ROWS = 60 * VECTOR_ROWS;

  private ParquetCopy() {}

  /**
   * What the columns are called in the file: DuckDB knows no case in names.
   *
   * @param file the file's name, for messages
   * @throws TableUsageException where DuckDB takes a name or unit for ended within it
   */
  static List<String> names(String file, Schema schema, SinkOptions options) {
    for (Column column : schema.columns()) {
      if (column.name().indexOf('\0') >= 0 || column.unit().indexOf('\0') >= 0) {
        throw new TableUsageException(
            "%s: the name or unit of column %s holds a character 0, which cannot be written as Parquet: rename it"
                .formatted(file, column.name()));
      }
    }
    List<String> names = new ArrayList<>();
    List<String> all = FieldNames.own(schema);
    Set<String> taken = new HashSet<>();
    all.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    Set<String> seen = new HashSet<>();
    for (String wanted : all) {
      String lower = wanted.toLowerCase(Locale.ROOT);
      if (seen.add(lower)) {
        names.add(wanted);
        continue;
      }
      String name = wanted + FreeName.of(lower, taken).substring(lower.length());
      names.add(name);
      options.warn(
          "%s: other programs will see column %s as %s, because another differs from it only in case"
              .formatted(file, wanted, name));
    }
    return names;
  }

  /**
   * Writes the rows of a query.
   *
   * @param schema what is noted of the columns
   * @param notes what is noted of the table
   * @param rowBytes about how many bytes a row has
   */
  static void run(
      DuckDb database,
      String query,
      Path target,
      Schema schema,
      Map<String, String> notes,
      long rowBytes,
      ParquetEncoding encoding)
      throws SQLException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ColumnNotes.KEY, ColumnNotes.of(schema));
    metadata.putAll(notes);
    long rows = GROUP_BYTES / Math.max(1, rowBytes) / VECTOR_ROWS * VECTOR_ROWS;
    database.run(
        "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, USE_TMP_FILE false, WRITE_BLOOM_FILTER false%s, KV_METADATA {%s})"
            .formatted(
                query,
                DuckDb.quoted(target.toAbsolutePath().toString()),
                Math.clamp(rows, VECTOR_ROWS, MAX_GROUP_ROWS),
                encoding.options(),
                metadata.entrySet().stream()
                    .map(note ->
                        DuckDb.identifier(note.getKey()) + ": " + DuckDb.quoted(note.getValue()))
                    .collect(Collectors.joining(", "))));
  }

  /** Joins files, in their order, that were written from the same table. */
  static void join(
      DuckDb database,
      List<Path> parts,
      Path target,
      Schema schema,
      Map<String, String> notes,
      long rowBytes,
      ParquetEncoding encoding)
      throws SQLException {
    List<String> quoted =
        parts.stream().map(part -> DuckDb.quoted(part.toAbsolutePath().toString())).toList();
    String query = "SELECT * FROM read_parquet([" + String.join(", ", quoted) + "])";
    run(database, query, target, schema, notes, rowBytes, encoding);
  }

  /**
   * How many bytes each column of a file takes.
   *
   * @param columns how many the file has
   */
  static long[] columnBytes(Path file, int columns) throws IOException {
    long[] bytes = new long[columns];
    try (DuckDb database = DuckDb.open();
        Statement statement = database.connection().createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT column_id, CAST(sum(total_compressed_size) AS BIGINT) FROM"
                    + " parquet_metadata("
                    + DuckDb.quoted(file.toAbsolutePath().toString())
                    + ") GROUP BY ALL")) {
      while (result.next()) {
        bytes[result.getInt(1)] = result.getLong(2);
      }
      return bytes;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Why DuckDB cannot write. */
  static IOException failed(Exception failure) {
    String message = DuckDb.firstLine(failure);
    return new IOException(
        message.contains("No space left") ? "No space left on device" : message, failure);
  }
}
