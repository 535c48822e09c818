package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.text.Quantities;

/**
 * A model's columns in a table: all of them, found by name in one group. Other columns are ignored.
 *
 * @param group the group that the columns are in
 * @param columns for each column of the model, its number in the table
 */
public record ModelColumns(int group, List<Integer> columns) {
  /** Copies the list. */
  public ModelColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Finds columns in the group that has most of them.
   *
   * @param names of the model's columns
   * @throws ModelException where one is missing; its message names all such columns
   */
  public static ModelColumns find(Schema schema, List<String> names) {
    return find(schema, names, -1);
  }

  /**
   * Finds columns in a group, or where it has not all of them, in the group that has most.
   *
   * @param names of the model's columns
   * @param preferred the number of the group; −1 for none
   * @throws ModelException as above
   */
  public static ModelColumns find(Schema schema, List<String> names, int preferred) {
    int best = 0;
    List<Integer> columns = List.of();
    long found = -1;
    if (preferred >= 0) {
      List<Integer> here = inGroup(schema, preferred, names);
      if (!here.contains(-1)) {
        return new ModelColumns(preferred, here);
      }
    }
    for (int group = 0; group < schema.groups().size(); group++) {
      List<Integer> here = inGroup(schema, group, names);
      long count = here.stream().filter(column -> column >= 0).count();
      if (count > found) {
        best = group;
        columns = here;
        found = count;
      }
    }
    if (found < names.size()) {
      throw missing(schema, names, columns);
    }
    return new ModelColumns(best, columns);
  }

  private static List<Integer> inGroup(Schema schema, int group, List<String> names) {
    List<String> present = schema.groups().get(group).columns().stream().map(Column::name).toList();
    List<Integer> found = new ArrayList<>();
    for (String name : names) {
      int at = present.indexOf(name);
      found.add(at < 0 ? -1 : schema.firstColumn(group) + at);
    }
    return found;
  }

  private static ModelException missing(Schema schema, List<String> names, List<Integer> columns) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (columns.get(i) < 0) {
        missing.add(names.get(i));
      }
    }
    return new ModelException(
        "the model has %d columns, and the table lacks %s (%s): use a model that was trained on such tables"
            .formatted(
                names.size(),
                Quantities.names(missing),
                QualifiedColumn.near(missing.getFirst(), QualifiedColumn.all(schema))));
  }
}
