package org.jetfold.study.bumphunt;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;

/**
 * A number of each event (or, of a flat table, each row) in whose distribution a bump is looked
 * for: the dijet mass, or a column's value.
 */
public interface Observable {
  /** The numbers of the columns that it is made of. */
  List<Integer> columns();

  /** Its values, one a root entry; NaN where an event has none, as with a single jet. */
  double[] values(Table table);

  /** What it is called, with its unit. */
  String label();

  /** The same observable of another table, whose columns may stand in another order. */
  Observable of(Schema schema) throws StudyException;

  /** A value of a flat table's row, or of an event itself, as it stands. */
  static Observable column(Schema schema, String name) throws StudyException {
    for (int column = 0; column < schema.columns().size(); column++) {
      if (schema.columns().get(column).name().equals(name) && schema.groupOf(column) == 0) {
        return new ColumnValue(column, name);
      }
    }
    throw new StudyException(
        "no value of the %s is called %s".formatted(schema.hasEvents() ? "events" : "rows", name));
  }

  /**
   * What is left of a table where only some columns of one group (and the boundaries of its events)
   * are kept.
   */
  static Table projected(Table table, List<Integer> columns) {
    Schema schema = table.schema();
    int group = schema.groupOf(columns.getFirst());
    List<Column> kept = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int column : columns) {
      kept.add(schema.columns().get(column));
      values.add(table.values(column));
    }
    if (group == 0) {
      return new Table(Schema.flat(kept), table.rootEntries(), List.of(), values);
    }
    Group collection = new Group(schema.groups().get(group).name(), kept, List.of());
    return new Table(
        new Schema(new Group("", List.of(), List.of(collection))),
        table.rootEntries(),
        List.of(table.offsets(group)),
        values);
  }
}
