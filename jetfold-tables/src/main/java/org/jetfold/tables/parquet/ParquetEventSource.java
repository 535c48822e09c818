package org.jetfold.tables.parquet;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableValues;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SelectiveSource;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file with lists: a row an event. DuckDB hands out numbers only, so one query gives the
 * event values and the lengths of outermost lists, and others the lists' contents, row by row in
 * the same order. A list that is missing counts as empty.
 */
final class ParquetEventSource implements SelectiveSource {
  private static final int SAMPLE_EVENTS = 1500;

  /** Values in a piece, of outermost lists. */
  private static final long PIECE_VALUES = 1 << 22;

  private final String name;
  private final DuckDb database;
  private final LiteralPath path;
  private final EventLayout layout;
  private final List<Variable> variables;

  /** For each variable its column in the query of events: values, or lengths. */
  private final ColumnCursor events;

  /** For each variable with lists, what gives its lengths and values, level by level. */
  private final List<List<ColumnCursor>> contents = new ArrayList<>();

  private long read;

  /**
   * Plans and starts the queries. What is given is closed with the source.
   *
   * @param columns at least one, some with lists
   * @param notes what Jetfold noted when it wrote the file; null where there is nothing
   * @param first another file whose layout counts; null for none
   */
  ParquetEventSource(
      String name,
      DuckDb database,
      LiteralPath path,
      List<ListColumn> columns,
      @Nullable List<EventNotes.Note> notes,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first)
      throws IOException, SQLException {
    this.name = name;
    this.database = database;
    this.path = path;
    Map<Variable, ListColumn> known = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      ListColumn column = columns.get(i);
      known.put(
          new Variable(
              column.name(), noted(column, notes == null ? null : notes.get(i)), column.depth()),
          column);
    }
    EventLayout noted = notes == null ? null : notedLayout(List.copyOf(known.keySet()), notes);
    List<Variable> all = List.copyOf(known.keySet());
    List<Variable> asked = CollectionFinder.asked(options.request(), all);
    EventLayout like = first instanceof EventLayout found ? found : null;
    if (like != null && !asked.isEmpty()) {
      layout = like.following(asked);
    } else if (noted != null && options.request().isAll()) {
      layout = noted;
    } else {
      layout = new CollectionFinder(name, all, wanted -> lengths(wanted, known), options).find();
    }
    variables = layout.variables();
    List<String> names = variables.stream().map(Variable::name).toList();
    List<String> selected = new ArrayList<>();
    List<ValueType> types = new ArrayList<>();
    for (Variable variable : variables) {
      ListColumn column = Objects.requireNonNull(known.get(variable));
      selected.add(column.depth() == 0 ? column.values() : column.lengths(0));
      types.add(column.depth() == 0 ? column.type() : ValueType.INT64);
    }
    events = cursor(names, types, selected);
    try {
      for (Variable variable : variables) {
        contents.add(contents(Objects.requireNonNull(known.get(variable))));
      }
    } catch (SQLException | RuntimeException e) {
      closeCursors();
      throw e;
    }
  }

  private List<ColumnCursor> contents(ListColumn column) throws SQLException {
    List<ColumnCursor> cursors = new ArrayList<>();
    List<String> own = List.of(column.name());
    for (int level = 1; level < column.depth(); level++) {
      cursors.add(cursor(own, List.of(ValueType.INT64), List.of(column.lengths(level))));
    }
    if (column.depth() > 0) {
      cursors.add(cursor(own, List.of(column.type()), List.of(column.values())));
    }
    return cursors;
  }

  private ColumnCursor cursor(List<String> names, List<ValueType> types, List<String> selected)
      throws SQLException {
    return new ColumnCursor(
        name,
        database,
        names,
        types,
        "SELECT " + String.join(", ", selected) + " FROM " + path.table());
  }

  private static Column noted(ListColumn column, EventNotes.@Nullable Note note) {
    return note == null
        ? new Column(column.name(), column.type())
        : new Column(
            note.column(),
            column.type(),
            note.unit(),
            note.integral() && column.type().isFloat(),
            false);
  }

  /** The layout that was written; null where the notes do not go with the file. */
  private static @Nullable EventLayout notedLayout(
      List<Variable> variables, List<EventNotes.Note> notes) {
    List<Variable> eventValues = new ArrayList<>();
    Map<String, List<Variable>> collections = new LinkedHashMap<>();
    Set<List<String>> names = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      String collection = notes.get(i).collection();
      boolean fits = collection.isEmpty() == (variables.get(i).depth() == 0);
      if (!fits || !names.add(List.of(collection, variables.get(i).column().name()))) {
        return null;
      }
      if (collection.isEmpty()) {
        eventValues.add(variables.get(i));
      } else {
        collections.computeIfAbsent(collection, c -> new ArrayList<>()).add(variables.get(i));
      }
    }
    List<EventLayout.Collection> layout = new ArrayList<>();
    collections.forEach((c, members) -> layout.add(new EventLayout.Collection(c, members)));
    return new EventLayout(eventValues, layout);
  }

  private List<int[]> lengths(List<Variable> wanted, Map<Variable, ListColumn> known)
      throws IOException {
    List<String> selected = new ArrayList<>();
    for (Variable variable : wanted) {
      selected.add(Objects.requireNonNull(known.get(variable)).lengths(0));
    }
    if (selected.isEmpty()) {
      return List.of();
    }
    List<ValueType> types = wanted.stream().map(_ -> ValueType.INT64).toList();
    try (ColumnCursor sample =
        cursor(wanted.stream().map(Variable::name).toList(), types, selected)) {
      int rows = Math.min(SAMPLE_EVENTS, sample.fetch(SAMPLE_EVENTS));
      List<int[]> lengths = new ArrayList<>();
      for (ColumnValues column : sample.take(rows)) {
        lengths.add(offsets(column));
      }
      return lengths;
    } catch (SQLException e) {
      throw new IOException(DuckDb.firstLine(e), e);
    }
  }

  private static int[] offsets(ColumnValues lengths) {
    long[] each = ((ColumnValues.Integers) lengths).values();
    int[] offsets = new int[each.length + 1];
    for (int i = 0; i < each.length; i++) {
      offsets[i + 1] = Math.addExact(offsets[i], Math.toIntExact(each[i]));
    }
    return offsets;
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public LayoutOfFirstFile layout() {
    return layout;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    int available = Math.min(Math.max(1, rows), events.fetch(Math.max(1, rows)));
    if (available == 0) {
      return null;
    }
    int count = eventsWithin(available);
    List<ColumnValues> ofEvents = events.take(count);
    List<VariableValues> values = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      ColumnValues current = ofEvents.get(i);
      List<int[]> offsets = new ArrayList<>();
      for (ColumnCursor cursor : contents.get(i)) {
        int[] lists = offsets(current);
        offsets.add(lists);
        current = cursor.take(lists[lists.length - 1]).getFirst();
      }
      values.add(new VariableValues(current, offsets));
    }
    Table table = layout.table(name, read, count, values);
    read += count;
    return table;
  }

  /** As many of the waiting events as fit a piece, at least one. */
  private int eventsWithin(int available) {
    long values = 0;
    for (int event = 0; event < available; event++) {
      for (int i = 0; i < variables.size(); i++) {
        values += variables.get(i).depth() == 0 ? 1 : events.integers(i)[event];
      }
      if (values > PIECE_VALUES) {
        return Math.max(1, event);
      }
    }
    return available;
  }

  private void closeCursors() throws IOException {
    try {
      events.close();
    } finally {
      for (List<ColumnCursor> cursors : contents) {
        for (ColumnCursor cursor : cursors) {
          cursor.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeCursors();
    } finally {
      try {
        database.close();
      } finally {
        path.close();
      }
    }
  }
}
