package org.jetfold.tables.arrays;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.FieldNames;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.FreeName;

/**
 * How a table of any shape becomes arrays with names: one a column, under its own name; {@code
 * offsets} where there is one collection, {@code COLLECTION_offsets} where there are several;
 * {@code NAME_offsets} for the lists within objects that the column NAME holds. Event i's objects
 * are the elements {@code offsets[i]} to before {@code offsets[i+1]}. A name that several columns
 * have gets its collection's before it.
 *
 * @param arrays in the order of the file: for each collection its columns and offsets, then the
 *     event values
 */
public record ArrayPlan(List<Planned> arrays) {
  private static final String OFFSETS = "offsets";

  /**
   * An array.
   *
   * @param name its name, like no other
   * @param type the type of its elements
   * @param column the column that it holds; −1 for offsets
   * @param group the group whose entries it holds, or whose offsets it holds
   */
  public record Planned(String name, ValueType type, int column, int group) {
    /** Whether it holds offsets. */
    public boolean isOffsets() {
      return column < 0;
    }
  }

  /** Copies the list. */
  public ArrayPlan {
    arrays = List.copyOf(arrays);
  }

  /**
   * The arrays of a table.
   *
   * @param naming gives the names
   * @param reserved names that no column gets
   * @throws TableUsageException where the table has no columns, or a name is too long
   */
  public static ArrayPlan of(Schema schema, ArrayNames naming, Set<String> reserved) {
    if (schema.columns().isEmpty()) {
      throw new TableUsageException(
          "%s: a table without columns cannot be written as %s"
              .formatted(naming.file(), naming.format()));
    }
    List<String> own = FieldNames.own(schema);
    Set<String> taken = new HashSet<>(reserved);
    boolean several = schema.root().lists().size() > 1;
    taken.add(OFFSETS);
    if (several) {
      schema.root().lists().forEach(list -> taken.add(naming.legal(list.name()) + "_" + OFFSETS));
    }
    List<String> names = new ArrayList<>();
    for (int column = 0; column < own.size(); column++) {
      String wanted = schema.columns().get(column).name();
      names.add(naming.of(wanted, own.get(column), taken));
    }
    List<Planned> arrays = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      addColumns(schema, group, names, arrays);
      String offsets;
      if (schema.parent(group) > 0) {
        offsets = FreeName.of(listName(schema, group, names) + "_" + OFFSETS, taken);
      } else {
        offsets =
            several ? naming.legal(schema.groups().get(group).name()) + "_" + OFFSETS : OFFSETS;
      }
      arrays.add(new Planned(offsets, ValueType.INT64, -1, group));
    }
    addColumns(schema, 0, names, arrays);
    return new ArrayPlan(arrays);
  }

  private static void addColumns(
      Schema schema, int group, List<String> names, List<Planned> arrays) {
    List<Column> columns = schema.groups().get(group).columns();
    for (int i = 0; i < columns.size(); i++) {
      int column = schema.firstColumn(group) + i;
      arrays.add(new Planned(names.get(column), columns.get(i).type(), column, group));
    }
  }

  /** What a list within objects is called: as its only column, which may be deeper down. */
  private static String listName(Schema schema, int group, List<String> names) {
    Group list = schema.groups().get(group);
    if (list.columns().size() == 1 && list.lists().isEmpty()) {
      return names.get(schema.firstColumn(group));
    }
    return list.columns().isEmpty() && list.lists().size() == 1
        ? listName(schema, group + 1, names)
        : list.name();
  }
}
