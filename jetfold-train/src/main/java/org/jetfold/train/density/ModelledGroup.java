package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.pipeline.ModelColumns;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;

/**
 * The part of a table that a model codes: the float columns of one group.
 *
 * @param schema of the table
 * @param group the number of the group
 * @param columns the numbers of its columns: those that were asked to be first, then the others
 */
record ModelledGroup(Schema schema, int group, List<Integer> columns) {
  ModelledGroup {
    columns = List.copyOf(columns);
  }

  /** The name of the collection; empty where the rows are not objects of events. */
  String collection() {
    return schema.groups().get(group).name();
  }

  /**
   * Chooses the group with the most float values.
   *
   * @param piece the first entries of the table
   * @param precisions of its columns; those with bounds from other columns are left out
   * @param order names of the columns that come first; may be empty
   * @throws UntrainableTableException where there is no float column, or none with such a name
   */
  static ModelledGroup choose(Table piece, List<Precision> precisions, List<String> order) {
    Schema schema = piece.schema();
    int best = -1;
    long most = -1;
    for (int group = 0; group < schema.groups().size(); group++) {
      int floats = floats(schema, precisions, group).size();
      long values = (long) floats * piece.entries(group);
      if (floats > 0 && values > most) {
        best = group;
        most = values;
      }
    }
    if (best < 0) {
      throw new UntrainableTableException("has no float columns, and a model codes no others");
    }
    return new ModelledGroup(
        schema, best, ordered(schema, best, floats(schema, precisions, best), order));
  }

  /**
   * The columns that a model codes.
   *
   * @throws ModelException where one is missing or no float
   */
  static ModelledGroup named(Schema schema, List<String> names) {
    ModelColumns found = ModelColumns.find(schema, names);
    for (int column : found.columns()) {
      Column described = schema.columns().get(column);
      if (!described.type().isFloat()) {
        throw new ModelException(
            "column %s is of type %s, but the model codes floats"
                .formatted(described.name(), described.type()));
      }
    }
    return new ModelledGroup(schema, found.group(), found.columns());
  }

  private static List<Integer> floats(Schema schema, List<Precision> precisions, int group) {
    List<Integer> floats = new ArrayList<>();
    int first = schema.firstColumn(group);
    for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
      if (schema.columns().get(first + i).type().isFloat()
          && !(precisions.get(first + i) instanceof Precision.Scaled)) {
        floats.add(first + i);
      }
    }
    return floats;
  }

  private static List<Integer> ordered(
      Schema schema, int group, List<Integer> columns, List<String> order) {
    String collection = schema.groups().get(group).name();
    Map<String, Integer> byName = new HashMap<>();
    for (int column : columns) {
      String name = schema.columns().get(column).name();
      byName.put(name, column);
      // As listings show it.
      byName.put(collection + "." + name, column);
    }
    List<Integer> ordered = new ArrayList<>();
    for (String name : order) {
      Integer column = byName.get(name);
      if (column == null) {
        throw new OrderException(
            "the order names %s, but the float columns of the model are %s"
                .formatted(
                    name,
                    String.join(
                        ", ",
                        columns.stream()
                            .map(number -> schema.columns().get(number).name())
                            .toList())));
      }
      if (ordered.contains(column)) {
        throw new OrderException("the order names %s twice".formatted(name));
      }
      ordered.add(column);
    }
    for (int column : columns) {
      if (!ordered.contains(column)) {
        ordered.add(column);
      }
    }
    return ordered;
  }

  /** Names of the table's other columns, which the model does not code. */
  List<String> others() {
    List<String> others = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      if (!columns.contains(column)) {
        others.add(schema.columns().get(column).name());
      }
    }
    return others;
  }

  /** The columns, in the order of {@link #columns}. */
  List<Column> described() {
    return columns.stream().map(schema.columns()::get).toList();
  }
}
