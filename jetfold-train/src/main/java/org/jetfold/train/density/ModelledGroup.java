package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.pipeline.ModelColumns;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table that a model may code: the float columns of one group, then its integers, of
 * which the values decide.
 *
 * @param schema of the table
 * @param group the number of the group
 * @param columns the numbers of its columns: those that were asked to be first, then the others
 * @param asked how many were asked to be first
 */
record ModelledGroup(Schema schema, int group, List<Integer> columns, int asked) {
  ModelledGroup {
    columns = List.copyOf(columns);
  }

  /** The path of the collection; empty where the rows are not objects of events. */
  String collection() {
    return schema.path(group);
  }

  /** The number of values in a piece of the table. */
  long values(Table piece) {
    return (long) columns.size() * piece.entries(group);
  }

  /** The number of float values in a piece of the table. */
  private long floats(Table piece) {
    long floats =
        columns.stream().filter(column -> schema.columns().get(column).type().isFloat()).count();
    return floats * piece.entries(group);
  }

  /**
   * Chooses the group with the most float values.
   *
   * @param piece the first entries of the table
   * @param precisions of its columns; those with bounds from other columns are left out
   * @param weight the column of the events' weights, which no model codes; −1 for none
   * @param order names of the columns that come first; may be empty
   * @throws UntrainableTableException where there is no float column, or none with such a name
   */
  static ModelledGroup choose(
      Table piece, List<Precision> precisions, int weight, List<String> order) {
    ModelledGroup largest =
        usable(piece.schema(), precisions, weight).stream()
            .filter(ModelledGroup::hasFloats)
            .max(Comparator.comparingLong(group -> group.floats(piece)))
            .orElseThrow(ModelledGroup::withoutFloats);
    for (String name : order) {
      largest.requireColumn(name, largest.columns());
    }
    return largest.ordered(order);
  }

  /**
   * Chooses all groups with columns that may be coded.
   *
   * @param weight the column of the events' weights, which no model codes; −1 for none
   * @param order names of the columns that come first in the groups that have them; may be empty
   * @throws UntrainableTableException where there is no such column, or none with such a name
   */
  static List<ModelledGroup> each(
      Table piece, List<Precision> precisions, int weight, List<String> order) {
    List<ModelledGroup> found = usable(piece.schema(), precisions, weight);
    if (found.isEmpty()) {
      throw withoutFloats();
    }
    List<Integer> all = found.stream().flatMap(group -> group.columns().stream()).toList();
    for (String name : order) {
      if (found.stream().allMatch(group -> group.column(name) < 0)) {
        found.getFirst().requireColumn(name, all);
      }
    }
    return found.stream().map(group -> group.ordered(order)).toList();
  }

  static UntrainableTableException withoutFloats() {
    return new UntrainableTableException(
        "has no columns that a model codes: floats, and integers with up to %d values"
            .formatted(CodedIntegers.MAX_VALUES));
  }

  private boolean hasFloats() {
    return columns.stream().anyMatch(column -> schema.columns().get(column).type().isFloat());
  }

  private static List<ModelledGroup> usable(Schema schema, List<Precision> precisions, int weight) {
    List<ModelledGroup> found = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      List<Integer> columns = new ArrayList<>(ofGroup(schema, precisions, group));
      columns.remove(Integer.valueOf(weight));
      if (!columns.isEmpty()) {
        found.add(new ModelledGroup(schema, group, columns, 0));
      }
    }
    return found;
  }

  /**
   * The columns that a model codes.
   *
   * @param collection the path of the group where they are if it has all of them; null for any
   * @throws ModelException where one is missing
   */
  static ModelledGroup named(Schema schema, List<String> names, @Nullable String collection) {
    ModelColumns found =
        ModelColumns.find(schema, names, collection == null ? -1 : schema.group(collection));
    return new ModelledGroup(schema, found.group(), found.columns(), found.columns().size());
  }

  /** Floats, then integers. */
  private static List<Integer> ofGroup(Schema schema, List<Precision> precisions, int group) {
    List<Integer> floats = new ArrayList<>();
    List<Integer> integers = new ArrayList<>();
    int first = schema.firstColumn(group);
    for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
      Column column = schema.columns().get(first + i);
      if (!column.type().isFloat()) {
        if (!column.eventKey()) {
          integers.add(first + i);
        }
      } else if (!(precisions.get(first + i) instanceof Precision.Scaled)) {
        floats.add(first + i);
      }
    }
    floats.addAll(integers);
    return floats;
  }

  /** The column of a name, alone or as listings show it; −1 where it is none of these. */
  private int column(String name) {
    String collection = schema.groups().get(group).name();
    for (int column : columns) {
      String alone = schema.columns().get(column).name();
      if (name.equals(alone) || name.equals(collection + "." + alone)) {
        return column;
      }
    }
    return -1;
  }

  private void requireColumn(String name, List<Integer> all) {
    if (column(name) < 0) {
      throw new OrderException(
          "the order names %s, but the columns of the model are %s"
              .formatted(
                  name,
                  String.join(
                      ", ",
                      all.stream().map(number -> schema.columns().get(number).name()).toList())));
    }
  }

  /** This with columns of an order before the others; names of other groups do not count. */
  private ModelledGroup ordered(List<String> order) {
    List<Integer> ordered = new ArrayList<>();
    for (String name : order) {
      int column = column(name);
      if (ordered.contains(column)) {
        throw new OrderException("the order names %s twice".formatted(name));
      }
      if (column >= 0) {
        ordered.add(column);
      }
    }
    int first = ordered.size();
    for (int column : columns) {
      if (!ordered.contains(column)) {
        ordered.add(column);
      }
    }
    return new ModelledGroup(schema, group, ordered, first);
  }

  /**
   * Names of the group's other columns.
   *
   * @param coded numbers of those that the model codes
   */
  List<String> others(List<Integer> coded) {
    List<String> others = new ArrayList<>();
    int first = schema.firstColumn(group);
    for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
      if (!coded.contains(first + i)) {
        others.add(schema.columns().get(first + i).name());
      }
    }
    return others;
  }

  /** The columns, in the order of {@link #columns}. */
  List<Column> described() {
    return columns.stream().map(schema.columns()::get).toList();
  }
}
