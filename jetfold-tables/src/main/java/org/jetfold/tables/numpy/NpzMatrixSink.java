package org.jetfold.tables.numpy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArrayNames;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.ArraySpool;
import org.jetfold.tables.rows.FreeName;

/**
 * Writes a flat table, or one collection in events, as an NPZ file with one matrix: a 2-D float32
 * array under the collection's name ({@code jets} for a flat table), with {@code columns}. {@code
 * is_int} is written where a column is marked {@link Column#integral}, {@code offsets} where there
 * are events; event values follow behind them, under their names. A name that is taken is changed,
 * and a warning says so. Not thread-safe.
 */
final class NpzMatrixSink implements TableSink {
  private final TableOutput output;
  private final SinkOptions options;
  private final boolean events;
  private final String matrix;
  private final List<Column> columns;
  private final List<Column> eventColumns;
  private final List<String> columnNames;
  private final List<String> eventArrays = new ArrayList<>();
  private final ArraySpool spool;
  private long rows;
  private long eventCount;

  /**
   * Starts to write; the sink owns the output.
   *
   * @throws TableUsageException where the table has several collections, or columns that are not
   *     float32
   */
  NpzMatrixSink(TableOutput output, Schema schema, ArrayNames naming, SinkOptions options)
      throws IOException {
    this.output = output;
    this.options = options;
    requireMatrix(output.name(), schema);
    Group objects = schema.groups().getLast();
    events = schema.hasEvents();
    columns = objects.columns();
    eventColumns = events ? schema.root().columns() : List.of();
    Set<String> taken = new TreeSet<>(Set.of("offsets", NpzArrays.COLUMNS, NpzArrays.IS_INT));
    matrix = FreeName.of(naming.legal(events ? objects.name() : NpzArrays.JETS), taken);
    columnNames = named(naming);
    for (Column column : eventColumns) {
      eventArrays.add(naming.of(column.name(), column.name(), taken, FreeName::ofEventValue));
    }
    spool = new ArraySpool(output.temporaryFolder(), 2 + eventColumns.size());
  }

  private List<String> named(ArrayNames naming) {
    Set<String> taken = new TreeSet<>();
    return columns.stream().map(column -> naming.of(column.name(), column.name(), taken)).toList();
  }

  private static void requireMatrix(String file, Schema schema) {
    Group objects = schema.groups().getLast();
    String reason = null;
    if (schema.groups().size() > 2) {
      reason = "several collections";
    } else if (objects.columns().isEmpty()) {
      reason = "no columns";
    }
    for (Column column : objects.columns()) {
      if (reason == null && column.type() != ValueType.FLOAT32) {
        reason = "column " + column.name() + " of " + column.type().toString();
      }
    }
    List<String> names = objects.columns().stream().map(Column::name).toList();
    if (reason == null && NpyText.arrayBytes(names) > NpzArchive.MAX_TEXT) {
      reason = "names that are too long";
    }
    if (reason != null) {
      throw new TableUsageException(
          "%s: a matrix holds the float32 columns of one collection, and this table has %s: write an array a column"
              .formatted(file, reason));
    }
  }

  @Override
  public void write(Table piece) throws IOException {
    if (events) {
      spool.append(0, List.of(ValueType.INT64), List.of(new ColumnValues.Integers(ends(piece))));
    }
    for (int i = 0; i < eventColumns.size(); i++) {
      spool.append(2 + i, List.of(eventColumns.get(i).type()), List.of(piece.values(i)));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(piece.values(eventColumns.size() + i));
    }
    spool.append(1, columns.stream().map(Column::type).toList(), values);
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
    NpzMembers members = new NpzMembers(output.stream(), options);
    String shape = "(" + rows + ", " + columns.size() + ")";
    members.add(matrix, ValueType.FLOAT32, shape, out -> spool.copyTo(1, out));
    members.addTexts(NpzArrays.COLUMNS, columnNames);
    if (columns.stream().anyMatch(Column::integral)) {
      members.addMarks(NpzArrays.IS_INT, columns.stream().map(Column::integral).toList());
    }
    if (events) {
      members.add(
          "offsets",
          ValueType.INT64,
          "(" + (eventCount + 1) + ",)",
          out -> {
            out.write(new byte[Long.BYTES]);
            spool.copyTo(0, out);
          });
    }
    for (int i = 0; i < eventColumns.size(); i++) {
      int array = 2 + i;
      members.add(
          eventArrays.get(i),
          eventColumns.get(i).type(),
          "(" + eventCount + ",)",
          out -> spool.copyTo(array, out));
    }
    members.finish();
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
