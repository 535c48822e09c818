package org.jetfold.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.EventGrouping;
import org.jetfold.tables.rows.FlatRows;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a table was written as, in a format that has no events or not all types (CSV, NPY), as
 * that table again: numbers have the table's types, rows of one event are an event, and the event's
 * values stand once. Events without objects have no rows, and are not among them. Closing it closes
 * the rows. Not thread-safe.
 */
public final class WrittenRows implements TableSource {
  private final String name;
  private final TableSource rows;
  private final Schema table;

  /** Whether a column that counted the events stands before those of the table. */
  private final boolean counted;

  private WrittenRows(String name, TableSource rows, Schema table, boolean counted) {
    this.name = name;
    this.rows = rows;
    this.table = table;
    this.counted = counted;
  }

  /**
   * The table that some rows were written from.
   *
   * @param name what messages call the rows
   * @param rows a flat table
   * @param table the shape of the table
   * @return null where the rows have other columns than that table has when it is laid out in rows
   */
  public static @Nullable WrittenRows of(String name, TableSource rows, Schema table) {
    Schema flat = rowsOf(name, table);
    if (flat == null || rows.schema().hasEvents()) {
      return null;
    }
    List<Column> found = rows.schema().columns();
    List<Column> wanted = flat.columns();
    boolean same =
        found.size() == wanted.size()
            && IntStream.range(0, found.size())
                .allMatch(i ->
                    found.get(i).name().equals(wanted.get(i).name())
                        && isWritten(wanted.get(i).type(), found.get(i).type()));
    if (!same) {
      return null;
    }
    TableSource typed = new TypedRows(name, rows, flat);
    boolean counted = wanted.size() > table.columns().size();
    if (!table.hasEvents()) {
      return new WrittenRows(name, typed, table, false);
    }
    String key =
        counted
            ? wanted.getFirst().name()
            : table.root().columns().stream()
                .filter(Column::eventKey)
                .map(Column::name)
                .findFirst()
                .orElseThrow();
    // Rows of nothing but numbers of events have no objects' columns.
    return wanted.size() == 1
        ? null
        : new WrittenRows(name, new EventGrouping(name, typed, key), table, counted);
  }

  /** What counts the events in the rows of a table; null where nothing does. */
  public static @Nullable String counter(Schema table) {
    Schema flat = rowsOf("", table);
    return flat != null && flat.columns().size() > table.columns().size()
        ? flat.columns().getFirst().name()
        : null;
  }

  private static @Nullable Schema rowsOf(String name, Schema table) {
    try {
      return new FlatRows(name, "", table, new SinkOptions(true, unused -> {})).schema();
    } catch (TableUsageException e) {
      return null;
    }
  }

  /** Whether numbers of a type are read as another one: a text says less than a type. */
  private static boolean isWritten(ValueType type, ValueType found) {
    return type == found
        || (type.isFloat() && found == ValueType.FLOAT64)
        || (!type.isFloat() && (found == ValueType.INT64 || found == ValueType.UINT64));
  }

  /** The events of a table that have objects: others were not written. */
  public static TableSource withObjects(TableSource events) {
    return new TableSource() {
      @Override
      public Schema schema() {
        return events.schema();
      }

      @Override
      public @Nullable Table next(int rows) throws IOException {
        for (Table piece = events.next(rows); piece != null; piece = events.next(rows)) {
          int[] offsets = piece.offsets(1);
          int[] chosen =
              IntStream.range(0, piece.rootEntries())
                  .filter(event -> offsets[event] < offsets[event + 1])
                  .toArray();
          if (chosen.length > 0) {
            return chosen.length == piece.rootEntries() ? piece : piece.select(chosen);
          }
        }
        return null;
      }

      @Override
      public void close() throws IOException {
        events.close();
      }
    };
  }

  @Override
  public Schema schema() {
    return table;
  }

  @Override
  public @Nullable Table next(int count) throws IOException {
    Table piece = rows.next(count);
    if (piece == null || !table.hasEvents()) {
      return piece;
    }
    // The grouping has put its key first, and all other columns are the objects'.
    int[] offsets = piece.offsets(1);
    List<String> names = piece.schema().columns().stream().map(Column::name).toList();
    Schema flat = Objects.requireNonNull(rowsOf(name, table));
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      String written = flat.columns().get(column + (counted ? 1 : 0)).name();
      ColumnValues found = piece.values(names.indexOf(written));
      boolean repeated = table.groupOf(column) == 0 && names.indexOf(written) > 0;
      values.add(repeated ? once(written, found, offsets) : found);
    }
    return new Table(table, piece.rootEntries(), List.of(offsets), values);
  }

  /** A value for each event, which all rows of the event have. */
  private ColumnValues once(String column, ColumnValues repeated, int[] offsets) {
    int[] first = Arrays.copyOf(offsets, offsets.length - 1);
    int[] firstOfRow = new int[repeated.size()];
    for (int event = 0; event < first.length; event++) {
      Arrays.fill(firstOfRow, offsets[event], offsets[event + 1], first[event]);
    }
    if (!same(repeated, repeated.at(firstOfRow))) {
      throw new UnreadableTableException(
          "%s: column %s has several values in the rows of one event, but the other table has one an event"
              .formatted(name, column));
    }
    return repeated.at(first);
  }

  private static boolean same(ColumnValues a, ColumnValues b) {
    return switch (a) {
      case ColumnValues.Floats(float[] floats) ->
          Arrays.equals(floats, ((ColumnValues.Floats) b).values());
      case ColumnValues.Doubles(double[] doubles) ->
          Arrays.equals(doubles, ((ColumnValues.Doubles) b).values());
      case ColumnValues.Integers(long[] integers) ->
          Arrays.equals(integers, ((ColumnValues.Integers) b).values());
    };
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** Rows whose numbers get other types. */
  private record TypedRows(String name, TableSource rows, Schema schema) implements TableSource {
    @Override
    public @Nullable Table next(int count) throws IOException {
      Table piece = rows.next(count);
      if (piece == null) {
        return null;
      }
      List<ColumnValues> values = new ArrayList<>();
      for (int column = 0; column < schema.columns().size(); column++) {
        values.add(typed(schema.columns().get(column), piece.values(column)));
      }
      return new Table(schema, piece.rootEntries(), List.of(), values);
    }

    private ColumnValues typed(Column column, ColumnValues values) {
      return switch (values) {
        case ColumnValues.Doubles(double[] doubles) when column.type() == ValueType.FLOAT32 -> {
          float[] floats = new float[doubles.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
          }
          yield new ColumnValues.Floats(floats);
        }
        case ColumnValues.Integers(long[] integers) -> {
          for (long value : integers) {
            if (value < column.type().minimum() || value > column.type().maximum()) {
              throw new UnreadableTableException(
                  "%s: column %s holds %d, but the other table has %s there"
                      .formatted(name, column.name(), value, column.type()));
            }
          }
          yield values;
        }
        default -> values;
      };
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
