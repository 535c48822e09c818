package org.jetfold.spark.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.tables.events.FieldNames;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.FreeName;
import org.jspecify.annotations.Nullable;

/**
 * A table as a data frame: a row for each entry of one of its groups. Where that is the root, a row
 * is an event (of a flat table, a row), and a collection's columns are arrays. Where it is a
 * collection, a row is an object, with the values of its event beside its own; columns of other
 * collections are not there. Immutable.
 */
public final class FrameLayout {
  private final Schema schema;
  private final int rows;
  private final List<Integer> columns = new ArrayList<>();
  private final StructType type;
  private final Map<String, Integer> columnOfField = new HashMap<>();

  private FrameLayout(Schema schema, int rows) {
    this.schema = schema;
    this.rows = rows;
    List<StructField> fields = new ArrayList<>();
    List<String> names = names();
    for (int i = 0; i < columns.size(); i++) {
      int column = columns.get(i);
      List<String> lists = lists(column);
      DataType values = FrameTypes.dataType(schema.columns().get(column).type());
      for (int depth = 0; depth < lists.size(); depth++) {
        values = DataTypes.createArrayType(values, false);
      }
      fields.add(
          new StructField(
              names.get(i), values, false, FrameTypes.note(schema.columns().get(column), lists)));
      columnOfField.put(names.get(i), column);
    }
    type = new StructType(fields.toArray(StructField[]::new));
  }

  /** A row for each event, or for each row of a flat table. */
  public static FrameLayout ofEvents(Schema schema) {
    return new FrameLayout(schema, 0);
  }

  /**
   * A row for each object of a collection.
   *
   * @param file what messages call the table
   * @param collection its name; of one within another, {@code outer.inner} where it must be told
   *     from others
   * @throws TableUsageException where there is no such collection, or there are several
   */
  public static FrameLayout ofObjects(Schema schema, String file, String collection) {
    List<Integer> found =
        IntStream.range(1, schema.groups().size())
            .filter(group ->
                schema.groups().get(group).name().equals(collection)
                    || path(schema, group).equals(collection))
            .boxed()
            .toList();
    if (found.size() != 1) {
      List<String> paths =
          IntStream.range(1, schema.groups().size())
              .mapToObj(group -> path(schema, group))
              .toList();
      throw new TableUsageException(
          TableUsageException.Subject.COLLECTIONS,
          found.isEmpty()
              ? "%s: no collection is called %s; %s"
                  .formatted(file, collection, QualifiedColumn.nearName(collection, paths))
              : "%s: %d collections are called %s: name one of %s"
                  .formatted(
                      file,
                      found.size(),
                      collection,
                      String.join(
                          ", ", found.stream().map(group -> path(schema, group)).toList())));
    }
    return new FrameLayout(schema, found.getFirst());
  }

  private static String path(Schema schema, int group) {
    String name = schema.groups().get(group).name();
    int parent = schema.parent(group);
    return parent == 0 ? name : path(schema, parent) + "." + name;
  }

  /** Chooses the columns, and names them; no two names differ only in case. */
  private List<String> names() {
    List<String> wanted = rows == 0 ? FieldNames.qualified(schema) : FieldNames.own(schema);
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    List<Integer> inOrder = new ArrayList<>();
    for (int column = 0; column < wanted.size(); column++) {
      if (schema.groupOf(column) == rows) {
        inOrder.add(column);
      }
    }
    for (int column = 0; column < wanted.size(); column++) {
      int group = schema.groupOf(column);
      if (group != rows && (isWithin(rows, group) || isWithin(group, rows))) {
        inOrder.add(column);
      }
    }
    for (int column : inOrder) {
      String own = schema.columns().get(column).name();
      boolean isObjects = schema.groupOf(column) == rows;
      String name = isObjects && rows > 0 ? own : wanted.get(column);
      String lower = name.toLowerCase(Locale.ROOT);
      names.add(name + FreeName.of(lower, taken).substring(lower.length()));
    }
    columns.addAll(inOrder);
    return names;
  }

  /** Whether a group is an outer one, or is in it. */
  private boolean isWithin(int group, int outer) {
    int at = group;
    while (at > outer) {
      at = schema.parent(at);
    }
    return at == outer;
  }

  /** The names of the collections around a column's values within a row, the outermost first. */
  private List<String> lists(int column) {
    List<String> lists = new ArrayList<>();
    for (int group = schema.groupOf(column); isWithin(group, rows) && group != rows; ) {
      lists.addFirst(schema.groups().get(group).name());
      group = schema.parent(group);
    }
    return lists;
  }

  /** The shape of the whole table. */
  public Schema schema() {
    return schema;
  }

  /** The group whose entries are rows. */
  public int rows() {
    return rows;
  }

  /** The frame's columns. */
  public StructType type() {
    return type;
  }

  /**
   * The table's column that a column of the frame shows.
   *
   * @throws TableUsageException where the frame has no such column
   */
  public int column(String field) {
    Integer column = columnOfField.get(field);
    if (column == null) {
      throw new TableUsageException(
          TableUsageException.Subject.COLUMNS,
          "no column is called %s; %s"
              .formatted(field, QualifiedColumn.nearName(field, List.of(type.fieldNames()))));
    }
    return column;
  }

  /**
   * Checks that a column of the frame has a type.
   *
   * @throws TableUsageException where the frame has no such column, or one of another type
   */
  public void requireType(String field, DataType wanted) {
    column(field);
    DataType known = type.apply(field).dataType();
    if (!DataType.equalsStructurally(known, wanted, true)) {
      throw new TableUsageException(
          TableUsageException.Subject.COLUMNS,
          "column %s is of type %s, not %s"
              .formatted(field, known.simpleString(), wanted.simpleString()));
    }
  }

  /** Whether a column has one value for each row. */
  public boolean isScalar(int column) {
    return isWithin(rows, schema.groupOf(column));
  }

  /** What of a table some columns of the frame need: at least its rows. */
  public Projection projection(StructType fields) {
    Set<Integer> chosen = new TreeSet<>();
    Set<Integer> groups = new HashSet<>();
    addWithParents(rows, groups);
    for (String name : fields.fieldNames()) {
      int column = column(name);
      chosen.add(column);
      addWithParents(schema.groupOf(column), groups);
    }
    List<Integer> keptGroups = new ArrayList<>();
    List<Integer> keptColumns = new ArrayList<>();
    Group root = reduced(0, groups, chosen, keptGroups, keptColumns);
    return new Projection(new Schema(root), keptGroups, keptColumns);
  }

  private void addWithParents(int group, Set<Integer> groups) {
    for (int at = group; at >= 0; at = schema.parent(at)) {
      groups.add(at);
    }
  }

  private Group reduced(
      int group,
      Set<Integer> groups,
      Set<Integer> chosen,
      List<Integer> keptGroups,
      List<Integer> keptColumns) {
    Group whole = schema.groups().get(group);
    keptGroups.add(group);
    List<org.jetfold.codec.table.Column> kept = new ArrayList<>();
    for (int i = 0; i < whole.columns().size(); i++) {
      int column = schema.firstColumn(group) + i;
      if (chosen.contains(column)) {
        kept.add(whole.columns().get(i));
        keptColumns.add(column);
      }
    }
    List<Group> lists = new ArrayList<>();
    for (int child = group + 1; child < schema.groups().size(); child++) {
      if (schema.parent(child) == group && groups.contains(child)) {
        lists.add(reduced(child, groups, chosen, keptGroups, keptColumns));
      }
    }
    return new Group(whole.name(), kept, lists);
  }

  /**
   * The layout that reads a file in the way that options ask for.
   *
   * @param file what messages call the table
   * @param collection the collection whose objects are rows; null for events
   */
  public static FrameLayout of(Schema schema, String file, @Nullable String collection) {
    return collection == null ? ofEvents(schema) : ofObjects(schema, file, collection);
  }
}
