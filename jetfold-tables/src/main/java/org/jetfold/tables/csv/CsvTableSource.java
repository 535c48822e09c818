package org.jetfold.tables.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.rows.GrowingValues;
import org.jetfold.tables.rows.Spool;
import org.jetfold.tables.rows.ValueChanges;
import org.jspecify.annotations.Nullable;

/**
 * The flat table in a CSV file. The file is read twice, first to find the columns' types ({@link
 * CsvProfile}), so that no value depends on a guess from the first lines.
 */
final class CsvTableSource implements TableSource {
  private final String name;
  private final Schema schema;
  private final CsvProfile profile;
  private final CsvRows rows;
  private final Closeable owner;
  private final SourceOptions options;
  private final ValueChanges changes;

  private CsvTableSource(
      String name, CsvProfile profile, CsvRows rows, Closeable owner, SourceOptions options)
      throws IOException {
    this.name = name;
    this.options = options;
    this.changes = new ValueChanges(name);
    this.profile = profile;
    this.schema = Schema.flat(profile.columns());
    this.rows = rows;
    this.owner = owner;
    if (profile.header()) {
      rows.next();
    }
  }

  /**
   * Opens a table. A stream is read to its end at once, by way of a temporary file.
   *
   * @param options columns that these do not ask for are left out, whatever they hold
   * @param first another file of the same table: what is float64 there is so here, even where it
   *     holds integers; null for none
   */
  static CsvTableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return input.stream() == null
        ? open(input.file(), input.name(), options, first)
        : read(input.stream(), input.name(), options, first);
  }

  private static CsvTableSource open(
      Path file, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    CsvProfile profile;
    try (CsvRows rows = new CsvRows(Files.newInputStream(file), name)) {
      profile = CsvProfile.of(rows, name, options).following(first);
    }
    CsvRows rows = new CsvRows(Files.newInputStream(file), name);
    try {
      return new CsvTableSource(name, profile, rows, rows, options);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static CsvTableSource read(
      InputStream in, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    Spool spool;
    try (in) {
      spool = Spool.of(in);
    }
    try {
      CsvProfile profile =
          CsvProfile.of(new CsvRows(spool.read(), name), name, options).following(first);
      return new CsvTableSource(name, profile, new CsvRows(spool.read(), name), spool, options);
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
    int count = 0;
    while (count < asked) {
      CsvRow row = rows.next();
      if (row == null) {
        changes.report(options);
        break;
      }
      take(row, columns);
      count++;
    }
    if (count == 0) {
      return null;
    }
    List<ColumnValues> values = new ArrayList<>();
    for (GrowingValues column : columns) {
      values.add(column.take(count));
    }
    return new Table(schema, count, List.of(), values);
  }

  private void take(CsvRow row, List<GrowingValues> columns) {
    if (row.fields().size() != profile.fields()) {
      throw changed(row);
    }
    for (int i = 0; i < columns.size(); i++) {
      String field = row.fields().get(profile.places().get(i));
      ValueType type = schema.columns().get(i).type();
      CsvNumber.Kind kind = CsvNumber.kind(field);
      if (!fits(kind, type)) {
        throw changed(row);
      }
      if (type == ValueType.FLOAT64) {
        double value = CsvNumber.decimal(field, kind);
        columns.get(i).add(value);
        count(i, field, kind, value);
      } else {
        columns.get(i).add(CsvNumber.integer(field, kind));
      }
    }
  }

  /** Counts a value that the table does not have as the file has it. */
  private void count(int column, String field, CsvNumber.Kind kind, double value) {
    String named = schema.columns().get(column).name();
    if (kind == CsvNumber.Kind.MISSING) {
      boolean integers = profile.incomplete().contains(column);
      changes.add(named, integers ? ValueChanges.MISSING_INTEGERS : ValueChanges.MISSING, 1);
    } else if (CsvNumber.isRounded(field, kind, value)) {
      changes.add(named, ValueChanges.ROUNDED, 1);
    }
  }

  private static boolean fits(CsvNumber.Kind kind, ValueType type) {
    return switch (kind) {
      case MISSING, DECIMAL, HUGE_INTEGER -> type == ValueType.FLOAT64;
      case BOOLEAN -> type == ValueType.BOOL || type == ValueType.FLOAT64;
      case INTEGER -> type != ValueType.BOOL;
      case LARGE_INTEGER -> type == ValueType.UINT64 || type == ValueType.FLOAT64;
      case TEXT -> false;
    };
  }

  private UnreadableTableException changed(CsvRow row) {
    return new UnreadableTableException(
        "%s: line %d is not what it was a moment ago: the file changed while it was read"
            .formatted(name, row.line()));
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
