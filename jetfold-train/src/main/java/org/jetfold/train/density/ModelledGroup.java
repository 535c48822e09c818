package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;

/**
 * The part of a table that a model codes: the float columns of one group.
 *
 * @param schema the table's shape
 * @param group the group's number in it
 * @param columns the numbers of its columns: those that are coded first by wish, then the others
 */
record ModelledGroup(Schema schema, int group, List<Integer> columns) {
  ModelledGroup {
    columns = List.copyOf(columns);
  }

  /** The collection's name; empty where it is none. */
  String collection() {
    return schema.groups().get(group).name();
  }

  /** Whether the group's rows belong to events. */
  boolean hasEvents() {
    return group > 0;
  }

  /**
   * Chooses the group with the most float values.
   *
   * @param piece some entries of the table
   * @param order names of columns that come first; empty for the schema's order
   * @throws UntrainableTableException where there is no float column, or none of a name
   */
  static ModelledGroup choose(Table piece, List<String> order) throws UntrainableTableException {
    Schema schema = piece.schema();
    int best = -1;
    long most = -1;
    for (int group = 0; group < schema.groups().size(); group++) {
      int floats = floats(schema, group).size();
      long values = (long) floats * piece.entries(group);
      if (floats > 0 && values > most) {
        best = group;
        most = values;
      }
    }
    if (best < 0) {
      throw new UntrainableTableException(
          "has no float column, and a model codes nothing else: there is nothing to train");
    }
    return new ModelledGroup(schema, best, ordered(schema, best, order));
  }

  private static List<Integer> floats(Schema schema, int group) {
    List<Integer> floats = new ArrayList<>();
    int first = schema.firstColumn(group);
    for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
      if (schema.columns().get(first + i).type().isFloat()) {
        floats.add(first + i);
      }
    }
    return floats;
  }

  private static List<Integer> ordered(Schema schema, int group, List<String> order)
      throws OrderException {
    List<Integer> columns = floats(schema, group);
    String collection = schema.groups().get(group).name();
    Map<String, Integer> byName = new HashMap<>();
    for (int column : columns) {
      String name = schema.columns().get(column).name();
      byName.put(name, column);
      // As listings have it, and --columns takes it.
      byName.put(collection + "." + name, column);
    }
    List<Integer> ordered = new ArrayList<>();
    for (String name : order) {
      Integer column = byName.get(name);
      if (column == null) {
        throw new OrderException(
            "the order names %s, which is none of the float columns that are modelled (%s)"
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

  /** Names of the table's other columns, which a model leaves as they are. */
  List<String> others() {
    List<String> others = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      if (!columns.contains(column)) {
        others.add(schema.columns().get(column).name());
      }
    }
    return others;
  }

  /** The columns' descriptions, in that order. */
  List<Column> described() {
    return columns.stream().map(schema.columns()::get).toList();
  }
}
