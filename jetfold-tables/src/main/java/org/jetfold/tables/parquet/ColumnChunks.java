package org.jetfold.tables.parquet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a file has a column, lists and records included, as its footer says. Filled once, then only
 * read.
 */
final class ColumnChunks {
  private static final Set<String> COMPRESSIONS =
      Set.of("UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW");

  /** What DuckDB unpacks from streams of first bytes, second bytes and so on. */
  private static final Set<String> SPLIT_TYPES = Set.of("FLOAT", "DOUBLE", "INT32", "INT64");

  private static final int MAX_DEPTH = 1000;

  /**
   * The part of a column that is in one row group, or of one of its members.
   *
   * @param column the column's name
   * @param group the row group, from 0
   * @param firstRow the number of rows in the groups before
   * @param start where its first page begins
   * @param values how many values its pages hold together
   */
  record Chunk(String column, int group, long firstRow, long start, long values) {}

  private final String name;
  private final List<Chunk> chunks = new ArrayList<>();
  private @Nullable String obstacle;
  private long missing;
  private boolean required;

  private ColumnChunks(String name) {
    this.name = name;
  }

  /**
   * Reads a footer.
   *
   * @param names the file's columns as DuckDB calls them
   * @return for each column where it is
   * @throws IllegalArgumentException where the footer does not fit together
   */
  static List<ColumnChunks> of(ParquetInput input, List<String> names) throws SQLException {
    List<ColumnChunks> columns = names.stream().map(ColumnChunks::new).toList();
    List<ColumnChunks> leaves = leaves(input, columns);
    int[] group = {-1};
    long[] rows = {0, 0};
    input.query(
        """
        SELECT row_group_id, row_group_num_rows, column_id, type, compression, encodings,
          coalesce(dictionary_page_offset, 0), data_page_offset, num_values, stats_null_count
        FROM parquet_metadata(%s)\
        """
            .formatted(input.literal()),
        row -> {
          if (row.getInt(1) != group[0]) {
            group[0] = row.getInt(1);
            rows[0] += rows[1];
            rows[1] = row.getLong(2);
          }
          int leaf = row.getInt(3);
          if (leaf < 0 || leaf >= leaves.size()) {
            throw new IllegalArgumentException("a row group has %d columns".formatted(leaf + 1));
          }
          leaves.get(leaf).add(row, rows[0]);
        });
    return columns;
  }

  /** For each leaf of the schema, the column that it is in. */
  private static List<ColumnChunks> leaves(ParquetInput input, List<ColumnChunks> columns)
      throws SQLException {
    List<Integer> children = new ArrayList<>();
    List<Boolean> required = new ArrayList<>();
    input.query(
        "SELECT coalesce(num_children, 0), repetition_type FROM parquet_schema(%s)"
            .formatted(input.literal()),
        row -> {
          children.add(row.getInt(1));
          required.add("REQUIRED".equals(row.getString(2)));
        });
    List<ColumnChunks> leaves = new ArrayList<>();
    int at = 1;
    for (ColumnChunks column : columns) {
      int first = at;
      at = addLeaves(children, at, column, leaves, 0);
      column.required = at == first + 1 && required.get(first);
    }
    return leaves;
  }

  private static int addLeaves(
      List<Integer> children, int at, ColumnChunks column, List<ColumnChunks> leaves, int depth) {
    if (at >= children.size() || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("its schema does not fit together");
    }
    if (children.get(at) == 0) {
      leaves.add(column);
      return at + 1;
    }
    int next = at + 1;
    for (int i = 0; i < children.get(at); i++) {
      next = addLeaves(children, next, column, leaves, depth + 1);
    }
    return next;
  }

  private void add(ResultSet row, long firstRow) throws SQLException {
    String type = row.getString(4);
    String compression = row.getString(5);
    String encodings = String.valueOf(row.getString(6));
    if (!COMPRESSIONS.contains(compression)) {
      obstacle = "its compression %s is not supported".formatted(compression);
    } else if (encodings.contains("BYTE_STREAM_SPLIT") && !SPLIT_TYPES.contains(type)) {
      obstacle = "its encoding BYTE_STREAM_SPLIT is not supported for the type " + type;
    }
    long dictionary = row.getLong(7);
    long data = row.getLong(8);
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    chunks.add(new Chunk(name, row.getInt(1), firstRow, start, row.getLong(9)));
    long nulls = row.getLong(10);
    missing = row.wasNull() || nulls < 0 || missing < 0 ? -1 : missing + nulls;
  }

  /** Its parts. */
  List<Chunk> chunks() {
    return chunks;
  }

  /** Why it cannot be read; null where it can. */
  @Nullable String obstacle() {
    return obstacle;
  }

  /** How many values are missing, empty lists included; −1 where the file does not say. */
  long missing() {
    return required ? 0 : missing;
  }
}
