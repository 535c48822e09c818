package org.jetfold.codec.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some consecutive entries of a table, whole events with all that belongs to them, in memory.
 *
 * <p>For each group but the root, {@code offsets(g)} has one more value than the parent group has
 * entries: the list of parent entry i are the group's entries offsets[i] … offsets[i+1]−1, and
 * offsets[0] is 0. Immutable by agreement: the arrays are shared.
 */
public final class Table {
  private final Schema schema;
  private final int[] entries;
  private final List<int[]> offsets;
  private final List<ColumnValues> columns;

  /**
   * Makes a table of arrays.
   *
   * @param rootEntries the number of rows, or events
   * @param offsets for each group but the root, in the schema's order, its offsets
   * @param columns for each column, in the schema's order, its values
   * @throws IllegalArgumentException where lengths or types contradict one another or the schema
   */
  public Table(Schema schema, int rootEntries, List<int[]> offsets, List<ColumnValues> columns) {
    this.schema = schema;
    this.offsets = List.copyOf(offsets);
    this.columns = List.copyOf(columns);
    int groups = schema.groups().size();
    if (offsets.size() != groups - 1 || columns.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "the schema has %d lists and %d columns, but %d and %d were given"
              .formatted(groups - 1, schema.columns().size(), offsets.size(), columns.size()));
    }
    entries = new int[groups];
    entries[0] = rootEntries;
    for (int group = 1; group < groups; group++) {
      entries[group] = checkedEntries(group, entries[schema.parent(group)], offsets.get(group - 1));
    }
    for (int column = 0; column < columns.size(); column++) {
      checkColumn(column);
    }
  }

  private int checkedEntries(int group, int parentEntries, int[] groupOffsets) {
    if (groupOffsets.length != parentEntries + 1 || groupOffsets[0] != 0) {
      throw new IllegalArgumentException(
          "the offsets of %s must start at 0 and have %d values"
              .formatted(schema.groups().get(group).name(), parentEntries + 1));
    }
    for (int i = 0; i < parentEntries; i++) {
      if (groupOffsets[i + 1] < groupOffsets[i]) {
        throw new IllegalArgumentException(
            "the offsets of %s fall at entry %d".formatted(schema.groups().get(group).name(), i));
      }
    }
    return groupOffsets[parentEntries];
  }

  private void checkColumn(int column) {
    Column described = schema.columns().get(column);
    ColumnValues values = columns.get(column);
    boolean typeFits =
        switch (described.type()) {
          case FLOAT32 -> values instanceof ColumnValues.Floats;
          case FLOAT64 -> values instanceof ColumnValues.Doubles;
          default -> values instanceof ColumnValues.Integers;
        };
    if (!typeFits || values.size() != entries[schema.groupOf(column)]) {
      throw new IllegalArgumentException(
          "column %s must hold %d values of type %s"
              .formatted(described.name(), entries[schema.groupOf(column)], described.type()));
    }
  }

  /** The shape of this table. */
  public Schema schema() {
    return schema;
  }

  /** The number of rows, or events. */
  public int rootEntries() {
    return entries[0];
  }

  /**
   * The number of entries of a group: of the root, its rows or events; of a collection, all its
   * objects.
   */
  public int entries(int group) {
    return entries[group];
  }

  /** Where each parent entry's list starts and ends; {@code group} is not the root. */
  public int[] offsets(int group) {
    return offsets.get(group - 1);
  }

  /** The values of a column. */
  public ColumnValues values(int column) {
    return columns.get(column);
  }

  /**
   * The values of a column of type FLOAT32.
   *
   * @param name as {@link Schema#column} knows it
   * @throws UnknownColumnException where there is no such column
   */
  public float[] floats(String name) {
    return ((ColumnValues.Floats) values(name, ValueType.FLOAT32)).values();
  }

  /** The values of a column of type FLOAT64; otherwise as {@link #floats}. */
  public double[] doubles(String name) {
    return ((ColumnValues.Doubles) values(name, ValueType.FLOAT64)).values();
  }

  /**
   * The values of a column of integers of any width, or of booleans (0 and 1), as they are held;
   * those of UINT64 above 2⁶³−1 are negative.
   *
   * @throws UnknownColumnException where there is no such column
   */
  public long[] longs(String name) {
    return integers(name, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  /**
   * The values of a column of booleans, or of integers of at most 32 bits, 16 if they have no sign;
   * copied. Otherwise as {@link #longs}.
   */
  public int[] ints(String name) {
    long[] values = integers(name, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
    int[] narrow = new int[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (int) values[i];
    }
    return narrow;
  }

  /** The values of a column of type BOOL, INT8, INT16 or UINT8; otherwise as {@link #ints}. */
  public short[] shorts(String name) {
    long[] values = integers(name, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
    short[] narrow = new short[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (short) values[i];
    }
    return narrow;
  }

  /** The values of a column of type BOOL or INT8; otherwise as {@link #ints}. */
  public byte[] bytes(String name) {
    long[] values = integers(name, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
    byte[] narrow = new byte[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (byte) values[i];
    }
    return narrow;
  }

  private long[] integers(String name, long lowest, long highest, String width) {
    int column = schema.column(name);
    ValueType type = schema.columns().get(column).type();
    if (!(columns.get(column) instanceof ColumnValues.Integers(long[] values))
        || type.minimum() < lowest
        || type.maximum() > highest) {
      throw new UnknownColumnException(
          "column %s is of type %s, whose values %s does not hold".formatted(name, type, width));
    }
    return values;
  }

  private ColumnValues values(String name, ValueType type) {
    int column = schema.column(name);
    if (schema.columns().get(column).type() != type) {
      throw new UnknownColumnException(
          "column %s is of type %s, not %s"
              .formatted(name, schema.columns().get(column).type(), type));
    }
    return columns.get(column);
  }

  /**
   * The entries of the root from {@code from} to before {@code to} with all that belongs to them,
   * copied.
   */
  public Table slice(int from, int to) {
    int groups = schema.groups().size();
    int[] first = new int[groups];
    int[] last = new int[groups];
    first[0] = from;
    last[0] = to;
    List<int[]> slicedOffsets = new ArrayList<>();
    for (int group = 1; group < groups; group++) {
      int parent = schema.parent(group);
      int[] all = offsets(group);
      first[group] = all[first[parent]];
      last[group] = all[last[parent]];
      int[] sliced = Arrays.copyOfRange(all, first[parent], last[parent] + 1);
      for (int i = 0; i < sliced.length; i++) {
        sliced[i] -= first[group];
      }
      slicedOffsets.add(sliced);
    }
    List<ColumnValues> slicedColumns = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int group = schema.groupOf(column);
      slicedColumns.add(columns.get(column).slice(first[group], last[group]));
    }
    return new Table(schema, to - from, slicedOffsets, slicedColumns);
  }

  /**
   * Some entries of the root with all that belongs to them, copied.
   *
   * @param chosen their numbers, in any order
   */
  public Table select(int[] chosen) {
    int[][] entriesOf = new int[schema.groups().size()][];
    entriesOf[0] = chosen;
    List<int[]> selectedOffsets = new ArrayList<>();
    for (int group = 1; group < entriesOf.length; group++) {
      int[] parents = entriesOf[schema.parent(group)];
      int[] all = offsets(group);
      int[] selected = new int[parents.length + 1];
      for (int i = 0; i < parents.length; i++) {
        selected[i + 1] = selected[i] + all[parents[i] + 1] - all[parents[i]];
      }
      int[] own = new int[selected[parents.length]];
      for (int i = 0; i < parents.length; i++) {
        for (int at = selected[i]; at < selected[i + 1]; at++) {
          own[at] = all[parents[i]] + at - selected[i];
        }
      }
      entriesOf[group] = own;
      selectedOffsets.add(selected);
    }
    List<ColumnValues> selectedColumns = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      selectedColumns.add(columns.get(column).at(entriesOf[schema.groupOf(column)]));
    }
    return new Table(schema, chosen.length, selectedOffsets, selectedColumns);
  }

  /** A table without rows. */
  public static Table empty(Schema schema) {
    return new Table(
        schema,
        0,
        IntStream.range(1, schema.groups().size()).mapToObj(unused -> new int[1]).toList(),
        schema.columns().stream().map(column -> ColumnValues.zeros(column.type(), 0)).toList());
  }

  /**
   * Concatenates pieces of one table.
   *
   * @param pieces at least one, all with the same schema
   */
  public static Table joined(List<Table> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    Schema schema = pieces.getFirst().schema;
    int rootEntries = pieces.stream().mapToInt(Table::rootEntries).sum();
    List<int[]> joinedOffsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      joinedOffsets.add(joinedOffsets(pieces, group, schema.parent(group)));
    }
    List<ColumnValues> joinedColumns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      int number = column;
      List<ColumnValues> parts = pieces.stream().map(piece -> piece.values(number)).toList();
      joinedColumns.add(ColumnValues.joined(schema.columns().get(column).type(), parts));
    }
    return new Table(schema, rootEntries, joinedOffsets, joinedColumns);
  }

  private static int[] joinedOffsets(List<Table> pieces, int group, int parent) {
    int[] joined = new int[pieces.stream().mapToInt(piece -> piece.entries(parent)).sum() + 1];
    int at = 0;
    int before = 0;
    for (Table piece : pieces) {
      int[] part = piece.offsets(group);
      for (int i = 1; i < part.length; i++) {
        joined[++at] = before + part[i];
      }
      before = joined[at];
    }
    return joined;
  }
}
