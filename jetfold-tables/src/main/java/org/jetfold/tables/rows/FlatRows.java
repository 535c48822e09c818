package org.jetfold.tables.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableUsageException;

/**
 * Lays a table out in rows, for formats that know no events: the event values are repeated in each
 * of the event's rows.
 *
 * <p>Where no event value marks the events ({@link Column#eventKey}), a first column {@code event}
 * counts them from 0, so that the boundaries can be found again; it is called {@code entry} where a
 * column has that name. Events without objects have no row; they are counted. Not thread-safe.
 */
public final class FlatRows {
  private final Schema schema;
  private final boolean counted;
  private final Schema flat;
  private long events;
  private long emptyEvents;

  /**
   * Plans the rows of a schema.
   *
   * @param file the file's name, for messages
   * @param format the format's name, for messages
   * @param options told of columns that had to be renamed
   * @throws TableUsageException where the schema is more than one collection of numbers
   */
  public FlatRows(String file, String format, Schema schema, SinkOptions options) {
    this.schema = schema;
    if (schema.groups().size() > 2) {
      throw new TableUsageException(
          "%s: %s holds one collection, but this table has %d lists: choose another format"
              .formatted(file, format, schema.groups().size() - 1));
    }
    List<Column> eventColumns = schema.hasEvents() ? schema.root().columns() : List.of();
    counted = schema.hasEvents() && eventColumns.stream().noneMatch(Column::eventKey);
    Set<String> taken = new TreeSet<>();
    List<Column> objectColumns = schema.groups().getLast().columns();
    objectColumns.forEach(column -> taken.add(column.name()));
    List<Column> columns = new ArrayList<>();
    for (Column column : eventColumns) {
      columns.add(renamed(column, FreeName.ofEventValue(column.name(), taken)));
      if (!columns.getLast().name().equals(column.name())) {
        options.warn(
            "%s: the event value %s is called %s, because a column has its name"
                .formatted(file, column.name(), columns.getLast().name()));
      }
    }
    if (counted) {
      String counter = taken.contains("event") ? "entry" : "event";
      columns.addFirst(new Column(FreeName.of(counter, taken), ValueType.INT64));
    }
    columns.addAll(objectColumns);
    if (columns.isEmpty()) {
      throw new TableUsageException(
          "%s: a table without columns cannot be written as %s".formatted(file, format));
    }
    flat = Schema.flat(columns);
  }

  /**
   * Whether a table is one of rows, or was one before an event column made events of them: a format
   * that holds both writes rows again.
   */
  public static boolean wereRows(Schema schema) {
    return !schema.hasEvents() || schema.root().columns().stream().anyMatch(Column::eventKey);
  }

  private static Column renamed(Column column, String name) {
    return new Column(name, column.type(), column.unit(), column.integral(), column.eventKey());
  }

  /** The shape of the rows. */
  public Schema schema() {
    return flat;
  }

  /** The number of events so far that have no row. */
  public long emptyEvents() {
    return emptyEvents;
  }

  /** The rows of a piece; pieces come in their order. */
  public Table of(Table piece) {
    if (!schema.hasEvents()) {
      return new Table(flat, piece.rootEntries(), List.of(), values(piece, 0));
    }
    int[] offsets = piece.offsets(1);
    int rows = piece.entries(1);
    int[] eventOfRow = new int[rows];
    for (int event = 0; event < piece.rootEntries(); event++) {
      Arrays.fill(eventOfRow, offsets[event], offsets[event + 1], event);
      emptyEvents += offsets[event] == offsets[event + 1] ? 1 : 0;
    }
    List<ColumnValues> columns = new ArrayList<>();
    if (counted) {
      long[] numbers = new long[rows];
      for (int row = 0; row < rows; row++) {
        numbers[row] = events + eventOfRow[row];
      }
      columns.add(new ColumnValues.Integers(numbers));
    }
    int eventColumns = schema.root().columns().size();
    for (int column = 0; column < eventColumns; column++) {
      columns.add(gather(piece.values(column), eventOfRow));
    }
    columns.addAll(values(piece, eventColumns));
    events += piece.rootEntries();
    return new Table(flat, rows, List.of(), columns);
  }

  private static List<ColumnValues> values(Table piece, int from) {
    List<ColumnValues> values = new ArrayList<>();
    for (int column = from; column < piece.schema().columns().size(); column++) {
      values.add(piece.values(column));
    }
    return values;
  }

  /** The values at some places. */
  static ColumnValues gather(ColumnValues values, int[] places) {
    return switch (values) {
      case ColumnValues.Floats(float[] from) -> {
        float[] to = new float[places.length];
        for (int i = 0; i < to.length; i++) {
          to[i] = from[places[i]];
        }
        yield new ColumnValues.Floats(to);
      }
      case ColumnValues.Doubles(double[] from) -> {
        double[] to = new double[places.length];
        for (int i = 0; i < to.length; i++) {
          to[i] = from[places[i]];
        }
        yield new ColumnValues.Doubles(to);
      }
      case ColumnValues.Integers(long[] from) -> {
        long[] to = new long[places.length];
        for (int i = 0; i < to.length; i++) {
          to[i] = from[places[i]];
        }
        yield new ColumnValues.Integers(to);
      }
    };
  }
}
