package org.jetfold.tables.numpy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArrayNames;
import org.jetfold.tables.arrays.ArrayPlan;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.ArraySpool;
import org.jetfold.tables.rows.FreeName;

/**
 * Writes a flat table, or one collection in events, as an NPZ file (deflated, the same bytes for
 * the same table).
 *
 * <p>Where all columns are float32, they become one 2-D array under the collection's name ({@code
 * jets} for a flat table), with {@code columns}; otherwise each column becomes a 1-D array under
 * its own name, in the columns' order. {@code is_int} is written where a column is marked {@link
 * Column#integral} (with {@code columns} also in the second form), {@code offsets} where there are
 * events. Event values follow behind {@code offsets}, under their names. A name that is taken is
 * changed, and a warning says so. A table with more lists becomes the arrays of an {@link
 * ArrayPlan}.
 */
final class NpzTableSink implements TableSink {
  private final TableOutput output;
  private final boolean events;
  private final boolean together;
  private final String tableName;
  private final List<Column> columns;
  private final List<Column> eventColumns;
  private final List<String> columnNames;
  private final List<String> eventArrays;
  private final ArraySpool spool;
  private long rows;
  private long eventCount;

  /**
   * Starts to write a table of any shape; the sink owns the output.
   *
   * @throws TableUsageException where the table has no columns
   */
  static TableSink of(TableOutput output, Schema schema, SinkOptions options) throws IOException {
    return schema.groups().size() <= 2
        ? new NpzTableSink(output, schema, options)
        : new ArraySink(
            output, schema, ArrayPlan.of(schema, naming(output, options)), NpzMembers::write);
  }

  private static ArrayNames naming(TableOutput output, SinkOptions options) {
    return new ArrayNames(output.name(), "NPZ", "\0", options);
  }

  private NpzTableSink(TableOutput output, Schema schema, SinkOptions options) throws IOException {
    this.output = output;
    String name = output.name();
    Group objects = schema.groups().getLast();
    if (schema.columns().isEmpty()) {
      throw new TableUsageException(name + ": a table without columns cannot be written as NPZ");
    }
    events = schema.hasEvents();
    columns = objects.columns();
    eventColumns = events ? schema.root().columns() : List.of();
    together =
        !columns.isEmpty()
            && columns.stream().allMatch(column -> column.type() == ValueType.FLOAT32)
            && NpyText.arrayBytes(columns.stream().map(Column::name).toList())
                <= NpzArchive.MAX_TEXT;
    boolean marks = columns.stream().anyMatch(Column::integral);
    Set<String> taken = new TreeSet<>();
    taken.add("offsets");
    if (together || marks) {
      taken.add(NpzArrays.COLUMNS);
      taken.add(NpzArrays.IS_INT);
    }
    ArrayNames naming = naming(output, options);
    tableName =
        together
            ? FreeName.of(naming.legal(events ? objects.name() : NpzArrays.JETS), taken)
            : NpzArrays.JETS;
    columnNames = named(columns, naming, together ? new TreeSet<>() : taken, FreeName::of);
    eventArrays = named(eventColumns, naming, taken, FreeName::ofEventValue);
    spool = new ArraySpool(output.temporaryFolder(), 1 + columns.size() + eventColumns.size());
  }

  private static List<String> named(
      List<Column> columns,
      ArrayNames naming,
      Set<String> taken,
      BiFunction<String, Set<String>, String> free) {
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      names.add(naming.of(column.name(), column.name(), taken, free));
    }
    return names;
  }

  @Override
  public void write(Table piece) throws IOException {
    int next = 0;
    if (events) {
      spool.append(next, List.of(ValueType.INT64), List.of(new ColumnValues.Integers(ends(piece))));
    }
    next++;
    int firstObjectColumn = eventColumns.size();
    for (int i = 0; i < eventColumns.size(); i++) {
      spool.append(next++, List.of(eventColumns.get(i).type()), List.of(piece.values(i)));
    }
    if (together) {
      List<ColumnValues> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        values.add(piece.values(firstObjectColumn + i));
      }
      spool.append(next, columns.stream().map(Column::type).toList(), values);
    } else {
      for (int i = 0; i < columns.size(); i++) {
        spool.append(
            next++, List.of(columns.get(i).type()), List.of(piece.values(firstObjectColumn + i)));
      }
    }
    rows += piece.entries(events ? 1 : 0);
    eventCount += events ? piece.rootEntries() : 0;
  }

  private long[] ends(Table piece) {
    int[] offsets = piece.offsets(1);
    long[] ends = new long[piece.rootEntries()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = rows + offsets[i + 1];
    }
    return ends;
  }

  @Override
  public void finish() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(output.stream(), 1 << 16))) {
      int firstColumn = 1 + eventColumns.size();
      boolean marks = columns.stream().anyMatch(Column::integral);
      if (together) {
        NpzMembers.header(
            zip, tableName, ValueType.FLOAT32, "(" + rows + ", " + columns.size() + ")");
        spool.copyTo(firstColumn, zip);
      }
      for (int i = 0; !together && i < columnNames.size(); i++) {
        NpzMembers.header(zip, columnNames.get(i), columns.get(i).type(), "(" + rows + ",)");
        spool.copyTo(firstColumn + i, zip);
      }
      if (together || marks) {
        NpzMembers.begin(zip, NpzArrays.COLUMNS);
        zip.write(NpyText.array(columnNames));
      }
      if (marks) {
        NpzMembers.header(zip, NpzArrays.IS_INT, ValueType.BOOL, "(" + columns.size() + ",)");
        for (Column column : columns) {
          zip.write(column.integral() ? 1 : 0);
        }
      }
      if (events) {
        NpzMembers.header(zip, "offsets", ValueType.INT64, "(" + (eventCount + 1) + ",)");
        zip.write(new byte[Long.BYTES]);
        spool.copyTo(0, zip);
      }
      for (int i = 0; i < eventColumns.size(); i++) {
        NpzMembers.header(
            zip, eventArrays.get(i), eventColumns.get(i).type(), "(" + eventCount + ",)");
        spool.copyTo(1 + i, zip);
      }
    }
    output.commit();
  }

  @Override
  public void close() throws IOException {
    try {
      spool.close();
    } finally {
      output.close();
    }
  }
}
