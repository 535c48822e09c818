package org.jetfold.tables.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of a flat source in events: consecutive rows with the same value in one column.
 *
 * <p>That column becomes a value of the event (marked {@link Column#eventKey}), the others the
 * columns of the collection {@code jets}. Floats are compared bit by bit. A value that comes back
 * after another one starts a new event, because the order of the rows is kept. An event is never
 * split, however the flat source cuts its pieces.
 */
public final class EventGrouping implements TableSource {
  /**
   * More objects than this in one event mean that the column is no event number: the event would
   * have to fit in memory.
   */
  static final int MAX_OBJECTS = 1 << 22;

  /** What the rows of an event are called. */
  public static final String COLLECTION = "jets";

  private final String name;
  private final TableSource flat;
  private final int key;
  private final Schema schema;
  private final List<GrowingValues> waiting = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private boolean atEnd;

  /**
   * Groups a flat source.
   *
   * @param name the file's name, for messages
   * @throws TableUsageException where the source has events already, or no such column, or no other
   *     column
   */
  public EventGrouping(String name, TableSource flat, String eventColumn) {
    this.name = name;
    this.flat = flat;
    Schema rows = flat.schema();
    if (rows.hasEvents()) {
      throw new TableUsageException(
          Subject.EVENT_COLUMN,
          "%s has event boundaries of its own: leave out the event column %s"
              .formatted(name, eventColumn));
    }
    List<Column> columns = new ArrayList<>(rows.columns());
    List<String> names = columns.stream().map(Column::name).toList();
    key = names.indexOf(eventColumn);
    if (key < 0) {
      throw new TableUsageException(
          Subject.EVENT_COLUMN,
          "%s has no column %s to find events by; it has %s"
              .formatted(name, eventColumn, String.join(", ", names)));
    }
    if (columns.size() == 1) {
      throw new TableUsageException(
          Subject.EVENT_COLUMN,
          "%s has no column but the event column %s".formatted(name, eventColumn));
    }
    for (Column column : columns) {
      waiting.add(new GrowingValues(column.type()));
    }
    Column found = columns.remove(key);
    schema =
        Schema.events(
            List.of(new Column(found.name(), found.type(), found.unit(), found.integral(), true)),
            COLLECTION,
            columns);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    // The last event that is known may go on in the next piece, so one start behind the rows asked
    // for must be seen.
    while (!atEnd && (starts.size() < 2 || starts.getLast() < rows)) {
      read(rows);
    }
    int events = atEnd ? starts.size() : starts.size() - 1;
    if (events == 0) {
      return null;
    }
    int count = 0;
    while (count < events && (count == 0 || end(count) <= rows)) {
      count++;
    }
    return cut(count);
  }

  private int end(int event) {
    return event + 1 < starts.size() ? starts.get(event + 1) : waiting.getFirst().size();
  }

  private void read(int rows) throws IOException {
    Table piece = flat.next(rows);
    if (piece == null) {
      atEnd = true;
      return;
    }
    GrowingValues keys = waiting.get(key);
    int from = keys.size();
    for (int column = 0; column < waiting.size(); column++) {
      waiting.get(column).addAll(piece.values(column));
    }
    for (int row = from; row < keys.size(); row++) {
      if (row == 0 || !same(keys, row - 1, row)) {
        starts.add(row);
      }
    }
    if (!starts.isEmpty() && keys.size() - starts.getLast() > MAX_OBJECTS) {
      throw new UnreadableTableException(
          "%s: more than %d consecutive rows have the same value in column %s: name a column that holds event numbers"
              .formatted(name, MAX_OBJECTS, schema.root().columns().getFirst().name()));
    }
  }

  private boolean same(GrowingValues keys, int a, int b) {
    return switch (schema.root().columns().getFirst().type()) {
      case FLOAT32 ->
          Float.floatToRawIntBits(keys.floats()[a]) == Float.floatToRawIntBits(keys.floats()[b]);
      case FLOAT64 ->
          Double.doubleToRawLongBits(keys.doubles()[a])
              == Double.doubleToRawLongBits(keys.doubles()[b]);
      default -> keys.integers()[a] == keys.integers()[b];
    };
  }

  private Table cut(int events) {
    int[] offsets = new int[events + 1];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = end(event);
    }
    int rows = offsets[events];
    List<ColumnValues> values = new ArrayList<>();
    for (GrowingValues column : waiting) {
      values.add(column.take(rows));
    }
    starts.subList(0, events).clear();
    starts.replaceAll(start -> start - rows);
    ColumnValues keys = values.remove(key);
    values.addFirst(FlatRows.gather(keys, Arrays.copyOf(offsets, events)));
    return new Table(schema, events, List.of(offsets), values);
  }

  @Override
  public void close() throws IOException {
    flat.close();
  }
}
