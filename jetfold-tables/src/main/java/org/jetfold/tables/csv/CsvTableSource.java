package org.jetfold.tables.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.GrowingValues;
import org.jetfold.tables.rows.Spool;
import org.jspecify.annotations.Nullable;

/**
 * The flat table in a CSV file. The file is read twice, first to find the columns' types ({@link
 * CsvProfile}), so that no value depends on a guess from the first lines.
 */
public final class CsvTableSource implements TableSource {
  private final String name;
  private final Schema schema;
  private final CsvScanner scanner;
  private final Closeable owner;

  private CsvTableSource(String name, CsvProfile profile, CsvScanner scanner, Closeable owner)
      throws IOException {
    this.name = name;
    this.schema = Schema.flat(profile.columns());
    this.scanner = scanner;
    this.owner = owner;
    if (profile.header() && scanner.hasRow()) {
      do {
        scanner.next();
      } while (!scanner.endOfRow());
    }
  }

  /** Opens a file. */
  public static CsvTableSource open(Path file, String name, Consumer<String> warnings)
      throws IOException {
    CsvProfile profile;
    try (CsvScanner first = new CsvScanner(Files.newInputStream(file), name)) {
      profile = CsvProfile.of(first, name, warnings);
    }
    CsvScanner second = new CsvScanner(Files.newInputStream(file), name);
    return new CsvTableSource(name, profile, second, second);
  }

  /** Reads a stream to its end, by way of a temporary file, and closes it. */
  public static CsvTableSource read(InputStream in, String name, Consumer<String> warnings)
      throws IOException {
    Spool spool;
    try (in) {
      spool = Spool.of(in);
    }
    try {
      CsvProfile profile = CsvProfile.of(new CsvScanner(spool.read(), name), name, warnings);
      return new CsvTableSource(name, profile, new CsvScanner(spool.read(), name), spool);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable Table next(int asked) throws IOException {
    List<GrowingValues> columns = new ArrayList<>();
    schema.columns().forEach(column -> columns.add(new GrowingValues(column.type())));
    int rows = 0;
    while (rows < asked && scanner.hasRow()) {
      readRow(columns);
      rows++;
    }
    if (rows == 0) {
      return null;
    }
    List<ColumnValues> values = new ArrayList<>();
    for (GrowingValues column : columns) {
      values.add(column.take(rows));
    }
    return new Table(schema, rows, List.of(), values);
  }

  private void readRow(List<GrowingValues> columns) throws IOException {
    int column = 0;
    do {
      scanner.next();
      if (column == columns.size()) {
        throw changed();
      }
      read(schema.columns().get(column).type(), columns.get(column));
      column++;
    } while (!scanner.endOfRow());
    if (column != columns.size()) {
      throw changed();
    }
  }

  private void read(ValueType type, GrowingValues column) throws UnreadableTableException {
    byte[] bytes = scanner.bytes();
    int from = scanner.start();
    int to = scanner.end();
    CsvNumber.Kind kind = CsvNumber.kind(bytes, from, to);
    boolean fits =
        switch (kind) {
          case MISSING, DECIMAL, HUGE_INTEGER -> type == ValueType.FLOAT64;
          case BOOLEAN -> type == ValueType.BOOL;
          case INTEGER -> type != ValueType.BOOL;
          case LARGE_INTEGER -> type == ValueType.UINT64 || type == ValueType.FLOAT64;
          case TEXT -> false;
        };
    if (!fits) {
      throw changed();
    }
    if (type == ValueType.FLOAT64) {
      column.add(CsvNumber.decimal(bytes, from, to));
    } else {
      column.add(CsvNumber.integer(bytes, from, to));
    }
  }

  private UnreadableTableException changed() {
    return new UnreadableTableException(
        "%s: line %d is not what it was a moment ago: the file changed while it was read"
            .formatted(name, scanner.rowLine()));
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
