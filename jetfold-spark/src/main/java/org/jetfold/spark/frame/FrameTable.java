package org.jetfold.spark.frame;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.spark.frame.FrameColumn.Step;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * The table that a data frame is written as. A frame that was read from Jetfold files, some columns
 * of it or all, becomes the same table again. Otherwise arrays make collections by the rule for
 * Parquet files: those whose names begin alike and whose lengths are the same in the first events;
 * a member of an array of records is called {@code array.member}. Immutable.
 */
public final class FrameTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FrameColumn> columns;

  private FrameTable(List<FrameColumn> columns) {
    this.columns = new ArrayList<>(columns);
  }

  /** A field, or a member of one, with a number in it. */
  private record Leaf(String name, List<Step> steps, ValueType type, int depth) {}

  /**
   * The table of a frame.
   *
   * @param name what messages call it
   * @param sample tells how long the lists of some variables, named as the frame's columns, are in
   *     the first rows
   * @param warnings takes lines for the user
   * @throws TableUsageException where a column holds no numbers
   */
  public static FrameTable of(
      String name,
      StructType frame,
      CollectionFinder.Sample sample,
      java.util.function.Consumer<String> warnings)
      throws IOException {
    List<FrameColumn> noted = noted(frame);
    if (noted != null) {
      return new FrameTable(noted);
    }
    Map<String, Leaf> leaves = new HashMap<>();
    List<Variable> variables = new ArrayList<>();
    for (Leaf leaf : leaves(name, frame)) {
      if (leaves.put(leaf.name(), leaf) != null) {
        throw new TableUsageException(
            "%s: two columns are called %s: rename one".formatted(name, leaf.name()));
      }
      variables.add(new Variable(leaf.name(), column(frame, leaf), leaf.depth()));
    }
    Schema schema =
        variables.stream().allMatch(variable -> variable.depth() == 0)
            ? new EventLayout(variables, List.of()).schema()
            : new CollectionFinder(name, variables, sample, new SourceOptions(warnings))
                .find()
                .schema();
    List<FrameColumn> columns = new ArrayList<>();
    for (int number = 0; number < schema.columns().size(); number++) {
      Column column = schema.columns().get(number);
      Leaf leaf = leaves.get(column.name());
      if (leaf == null) {
        throw new IllegalStateException("a column is called " + column.name());
      }
      columns.add(FrameColumn.of(leaf.name(), leaf.steps(), column, lists(schema, number)));
    }
    return new FrameTable(columns);
  }

  /** What of a column's meaning is known, under the name that it has in the frame. */
  private static Column column(StructType frame, Leaf leaf) {
    Step first = leaf.steps().getFirst();
    StructField field =
        first instanceof Step.Field(int place, int unused)
                && leaf.steps().size() == leaf.depth() + 1
            ? frame.fields()[place]
            : null;
    FrameTypes.Noted noted = field == null ? null : FrameTypes.noted(field.metadata());
    return noted == null
        ? new Column(leaf.name(), leaf.type())
        : new Column(
            leaf.name(),
            noted.column().type(),
            noted.column().unit(),
            noted.column().integral(),
            noted.column().eventKey());
  }

  private static List<String> lists(Schema schema, int column) {
    List<String> lists = new ArrayList<>();
    for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
      lists.addFirst(schema.groups().get(group).name());
    }
    return lists;
  }

  /** The columns where all of them were read from Jetfold files; null otherwise. */
  private static @Nullable List<FrameColumn> noted(StructType frame) {
    List<FrameColumn> columns = new ArrayList<>();
    for (int place = 0; place < frame.size(); place++) {
      StructField field = frame.fields()[place];
      FrameTypes.Noted noted = FrameTypes.noted(field.metadata());
      if (noted == null) {
        return null;
      }
      List<Step> steps = new ArrayList<>(List.of(new Step.Field(place, frame.size())));
      DataType type = field.dataType();
      while (type instanceof ArrayType list) {
        steps.add(new Step.Elements());
        type = list.elementType();
      }
      if (steps.size() - 1 != noted.lists().size()
          || !FrameTypes.dataType(noted.column().type()).equals(type)) {
        // The column was changed, and kept its notes.
        return null;
      }
      columns.add(FrameColumn.of(field.name(), steps, noted.column(), noted.lists()));
    }
    return isOneTable(columns) ? columns : null;
  }

  /** Whether no two columns have one place, as those of frames that were joined may have. */
  private static boolean isOneTable(List<FrameColumn> columns) {
    return columns.stream().map(column -> List.of(column.lists(), column.name())).distinct().count()
        == columns.size();
  }

  private static List<Leaf> leaves(String name, StructType frame) {
    List<Leaf> leaves = new ArrayList<>();
    for (int place = 0; place < frame.size(); place++) {
      StructField field = frame.fields()[place];
      addLeaves(
          name,
          field.name(),
          field.dataType(),
          List.of(new Step.Field(place, frame.size())),
          0,
          leaves);
    }
    return leaves;
  }

  private static void addLeaves(
      String table, String name, DataType type, List<Step> steps, int depth, List<Leaf> leaves) {
    switch (type) {
      case ArrayType list ->
          addLeaves(
              table, name, list.elementType(), and(steps, new Step.Elements()), depth + 1, leaves);
      case StructType members -> {
        for (int place = 0; place < members.size(); place++) {
          StructField member = members.fields()[place];
          addLeaves(
              table,
              name + "." + member.name(),
              member.dataType(),
              and(steps, new Step.Field(place, members.size())),
              depth,
              leaves);
        }
      }
      default -> {
        ValueType known = FrameTypes.valueType(type);
        if (known == null) {
          throw new TableUsageException(
              TableUsageException.Subject.COLUMNS,
              "%s: column %s is of type %s, and only numbers and lists of numbers can be stored: cast it or leave it out"
                  .formatted(table, name, type.simpleString()));
        }
        leaves.add(new Leaf(name, steps, known, depth));
      }
    }
  }

  private static List<Step> and(List<Step> steps, Step next) {
    List<Step> all = new ArrayList<>(steps);
    all.add(next);
    return all;
  }

  /** The table's shape. */
  public Schema schema() {
    return new Schema(group("", List.of()));
  }

  /** The group that some names lead to, with what is in it. */
  private Group group(String name, List<String> path) {
    List<Column> own = new ArrayList<>();
    Map<String, Group> lists = new java.util.LinkedHashMap<>();
    for (FrameColumn column : columns) {
      if (column.lists().equals(path)) {
        own.add(column.column());
      } else if (column.lists().size() > path.size()
          && column.lists().subList(0, path.size()).equals(path)) {
        String list = column.lists().get(path.size());
        if (!lists.containsKey(list)) {
          List<String> inner = new ArrayList<>(path);
          inner.add(list);
          lists.put(list, group(list, inner));
        }
      }
    }
    return new Group(name, own, List.copyOf(lists.values()));
  }

  /** The columns in the order of the schema. */
  List<FrameColumn> inOrder(Schema schema) {
    List<FrameColumn> ordered = new ArrayList<>();
    for (int number = 0; number < schema.columns().size(); number++) {
      String name = schema.columns().get(number).name();
      List<String> lists = lists(schema, number);
      ordered.add(
          columns.stream()
              .filter(column -> column.name().equals(name) && column.lists().equals(lists))
              .findFirst()
              .orElseThrow());
    }
    return ordered;
  }
}
