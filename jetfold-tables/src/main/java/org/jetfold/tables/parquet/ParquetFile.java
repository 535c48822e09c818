package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.duckdb.DuckDBFunctions.FunctionException;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.ColumnNotes;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableFile;
import org.jetfold.tables.events.VariableSource;
import org.jetfold.tables.events.VariableValues;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.parquet.ColumnChunks.Chunk;
import org.jetfold.tables.parquet.ColumnCursor.Answer;
import org.jetfold.tables.rows.ValueChanges;
import org.jspecify.annotations.Nullable;

/**
 * The columns of numbers in a Parquet file. DuckDB hands out numbers only, so one query gives the
 * values of rows and the lengths of outermost lists, and others the lists' contents, row by row in
 * the same order.
 */
final class ParquetFile implements VariableFile {
  private final String name;
  private final ParquetInput input;
  private final SourceOptions options;
  private final long rows;
  private final List<String> names = new ArrayList<>();
  private final List<ColumnChunks> chunks;
  private final Map<Variable, ListColumn> columns = new LinkedHashMap<>();
  private final @Nullable EventLayout noted;

  private ParquetFile(ParquetInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws SQLException {
    this.name = input.name();
    this.input = input;
    this.options = options;
    rows =
        input.number(
            "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(%s)"
                .formatted(input.literal()));
    List<String> types = new ArrayList<>();
    input.query(
        "DESCRIBE SELECT * FROM " + input.table(),
        row -> {
          names.add(row.getString(1));
          types.add(row.getString(2));
        });
    chunks = ColumnChunks.of(input, names);
    LeftOut leftOut = new LeftOut(name);
    List<ListColumn> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String obstacle = chunks.get(i).obstacle();
      if (names.get(i).isEmpty()) {
        leftOut.add("column", String.valueOf(i + 1), "it has no name");
      } else if (obstacle != null) {
        leftOut.add("column", names.get(i), obstacle);
      } else {
        found.addAll(ListColumn.find(i, names.get(i), types.get(i), leftOut));
      }
    }
    leftOut.report(options);
    if (found.isEmpty()) {
      throw leftOut.nothingLeft(name + ": it holds no column of numbers");
    }
    Set<ListColumn> floats = first == null ? incomplete(found) : Set.of();
    List<ListColumn> typed =
        found.stream()
            .map(column ->
                floats.contains(column) || isFloatIn(first, column) ? column.asFloat() : column)
            .toList();
    List<ColumnNotes.Note> notes =
        ColumnNotes.parse(
            input.note(ColumnNotes.KEY), typed.stream().map(ListColumn::name).toList());
    for (int i = 0; i < typed.size(); i++) {
      columns.put(variable(typed.get(i), notes == null ? null : notes.get(i)), typed.get(i));
    }
    noted = notes == null ? null : ColumnNotes.layout(variables(), notes);
  }

  /**
   * Opens a file's table.
   *
   * @param first another file of the same table, whose collections and types count; null for none
   */
  static TableSource open(
      Path path, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    ParquetInput input = ParquetInput.open(path, name);
    try {
      ParquetFile file = new ParquetFile(input, options, first);
      return VariableSource.of(name, file, file.noted, options, first);
    } catch (SQLException e) {
      input.close();
      throw input.unreadable(name + ": its footer", e);
    } catch (IllegalArgumentException e) {
      input.close();
      throw new UnreadableTableException(
          "%s: its footer is damaged: %s; get the file again".formatted(name, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static Variable variable(ListColumn column, ColumnNotes.@Nullable Note note) {
    ValueType type = column.type();
    Column noted = note == null ? new Column(column.name(), type) : note.column(type);
    return new Variable(column.name(), noted, column.depth());
  }

  /** Whether another file's type counts: of this one, integers may be whole by chance. */
  private static boolean isFloatIn(@Nullable LayoutOfFirstFile first, ListColumn column) {
    return first != null
        && !column.type().isFloat()
        && first.schema().columns().stream()
            .anyMatch(
                known -> known.name().equals(column.name()) && known.type() == ValueType.FLOAT64);
  }

  /**
   * Integers and booleans of which some are missing, among what is asked for: they become floats.
   */
  private Set<ListColumn> incomplete(List<ListColumn> found) {
    Set<ListColumn> incomplete = new HashSet<>();
    List<ListColumn> unknown = new ArrayList<>();
    for (ListColumn column : found) {
      boolean asked =
          options.eventColumn() != null
              || CollectionFinder.isAsked(options.request(), column.name());
      long missing = chunks.get(column.place()).missing();
      if (!asked || column.type().isFloat() || missing == 0) {
        continue;
      }
      // Where there are lists, empty ones are counted, too, and other members of a record.
      boolean plain = column.depth() == 0 && column.name().equals(names.get(column.place()));
      if (plain && missing > 0) {
        incomplete.add(column);
      } else {
        unknown.add(column);
      }
    }
    List<ListColumn> ofRows = unknown.stream().filter(column -> column.depth() == 0).toList();
    if (!ofRows.isEmpty()) {
      addIncomplete(ofRows, incomplete);
    }
    unknown.stream()
        .filter(column -> column.depth() > 0)
        .forEach(column -> addIncomplete(List.of(column), incomplete));
    return incomplete;
  }

  /**
   * Looks through columns that have as many values, where the file does not say what is missing.
   */
  private void addIncomplete(List<ListColumn> columns, Set<ListColumn> incomplete) {
    List<String> selected = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      selected.add("%s AS v%d".formatted(columns.get(i).values(), i));
      asked.add("coalesce(bool_or(v%d IS NULL), false)".formatted(i));
    }
    try {
      input.query(
          "SELECT %s FROM (SELECT %s FROM %s)"
              .formatted(String.join(", ", asked), String.join(", ", selected), input.table()),
          row -> {
            for (int i = 0; i < columns.size(); i++) {
              if (row.getBoolean(i + 1)) {
                incomplete.add(columns.get(i));
              }
            }
          });
    } catch (SQLException e) {
      if (columns.size() == 1) {
        throw input.unreadable("%s: column %s".formatted(name, columns.getFirst().name()), e);
      }
      columns.forEach(column -> addIncomplete(List.of(column), incomplete));
      throw input.unreadable(name, e);
    }
  }

  @Override
  public List<Variable> variables() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public long events() {
    return rows;
  }

  private ListColumn column(Variable variable) {
    return Objects.requireNonNull(columns.get(variable));
  }

  @Override
  public List<int[]> lengths(List<Variable> lists, int events) throws IOException {
    if (lists.isEmpty()) {
      return List.of();
    }
    List<Answer> answers = lists.stream().map(list -> Answer.lengths(column(list), 0)).toList();
    // What of these changes is said when the table is read.
    try (ColumnCursor cursor = new ColumnCursor(input, answers, new ValueChanges(name))) {
      return cursor.take(events).stream().map(ParquetFile::ints).toList();
    } catch (SQLException | FunctionException e) {
      throw failed(e, lists, new PageChecks(input.file(), name, chunks(lists)));
    }
  }

  private static int[] ints(ColumnValues lengths) {
    long[] each = ((ColumnValues.Integers) lengths).values();
    int[] ints = new int[each.length];
    for (int i = 0; i < each.length; i++) {
      ints[i] = Math.toIntExact(each[i]);
    }
    return ints;
  }

  private List<Chunk> chunks(List<Variable> variables) {
    return variables.stream()
        .map(variable -> column(variable).place())
        .distinct()
        .flatMap(place -> chunks.get(place).chunks().stream())
        .toList();
  }

  /**
   * Why some columns cannot be read: what their checksums say, else which of them DuckDB stops at.
   */
  private JetfoldException failed(Exception failure, List<Variable> variables, PageChecks checks)
      throws IOException {
    checks.before(Long.MAX_VALUE);
    for (Variable variable : variables) {
      ListColumn column = column(variable);
      try {
        input.number(
            "SELECT count(v) FROM (SELECT hash(%s) AS v FROM %s)"
                .formatted(column.sql(), input.table()));
      } catch (SQLException e) {
        return input.unreadable("%s: column %s".formatted(name, column.name()), e);
      }
    }
    return input.unreadable(name, failure);
  }

  @Override
  public Cursor open(List<Variable> variables) throws IOException {
    PageChecks checks = new PageChecks(input.file(), name, chunks(variables));
    try {
      return new Rows(variables, checks);
    } catch (SQLException e) {
      throw failed(e, variables, checks);
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Some columns, row by row. */
  private final class Rows implements Cursor {
    private final List<Variable> variables;
    private final PageChecks checks;
    private final ValueChanges changes = new ValueChanges(name);
    private final List<ColumnCursor> all = new ArrayList<>();

    /** For each variable its column: values, or lengths. */
    private final ColumnCursor ofRows;

    /** For each variable with lists, what gives its further lengths and its values, by level. */
    private final List<List<ColumnCursor>> contents = new ArrayList<>();

    private long read;

    Rows(List<Variable> variables, PageChecks checks) throws IOException, SQLException {
      this.variables = variables;
      this.checks = checks;
      try {
        ofRows = cursor(variables.stream().map(this::ofRows).toList());
        for (Variable variable : variables) {
          contents.add(contents(column(variable)));
        }
      } catch (SQLException | RuntimeException e) {
        close();
        throw e;
      }
    }

    private Answer ofRows(Variable variable) {
      ListColumn column = column(variable);
      return column.depth() == 0 ? Answer.values(column) : Answer.lengths(column, 0);
    }

    private List<ColumnCursor> contents(ListColumn column) throws SQLException {
      List<ColumnCursor> cursors = new ArrayList<>();
      for (int level = 1; level < column.depth(); level++) {
        cursors.add(cursor(List.of(Answer.lengths(column, level))));
      }
      if (column.depth() > 0) {
        cursors.add(cursor(List.of(Answer.values(column))));
      }
      return cursors;
    }

    private ColumnCursor cursor(List<Answer> answers) throws SQLException {
      ColumnCursor cursor = new ColumnCursor(input, answers, changes);
      all.add(cursor);
      return cursor;
    }

    @Override
    public List<VariableValues> read(int events) throws IOException {
      checks.before(read + events);
      List<VariableValues> values = new ArrayList<>();
      try {
        List<ColumnValues> rowValues = ofRows.take(events);
        for (int i = 0; i < variables.size(); i++) {
          values.add(values(rowValues.get(i), contents.get(i)));
        }
      } catch (FunctionException e) {
        throw failed(e, variables, checks);
      } catch (ArithmeticException e) {
        throw new UnreadableTableException(
            "%s: the lists from row %d on are longer than any table may have: it is damaged; get it again"
                .formatted(name, read + 1),
            e);
      }
      read += events;
      if (read == rows) {
        changes.report(options);
      }
      return values;
    }

    private static VariableValues values(ColumnValues outermost, List<ColumnCursor> cursors) {
      ColumnValues current = outermost;
      List<int[]> offsets = new ArrayList<>();
      for (ColumnCursor cursor : cursors) {
        int[] lists = offsets(ints(current));
        offsets.add(lists);
        current = cursor.take(lists[lists.length - 1]).getFirst();
      }
      return new VariableValues(current, offsets);
    }

    private static int[] offsets(int[] lengths) {
      int[] offsets = new int[lengths.length + 1];
      for (int i = 0; i < lengths.length; i++) {
        offsets[i + 1] = Math.addExact(offsets[i], lengths[i]);
      }
      return offsets;
    }

    @Override
    public void close() throws IOException {
      IOException failure = null;
      for (ColumnCursor cursor : all) {
        try {
          cursor.close();
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
