package org.jetfold.cli.compress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.FloatPacking;
import org.jetfold.tables.format.ValueGrid;

/**
 * How the columns of a table are reduced.
 *
 * @param columns one for each column
 * @param packing how formats with several encodings keep the floats
 */
record Reduction(List<ReducedColumn> columns, FloatPacking packing) {
  Reduction {
    columns = List.copyOf(columns);
  }

  /** For a table that can be read only once: nothing depends on its values. */
  static Reduction unseen(Schema schema, List<Precision> precisions) {
    List<ReducedColumn> columns = new ArrayList<>();
    for (int i = 0; i < precisions.size(); i++) {
      columns.add(ReducedColumn.of(precisions.get(i), schema.columns().get(i).type()));
    }
    return new Reduction(columns, FloatPacking.SPLIT);
  }

  /** A table's shape with the types that columns have afterwards. */
  Schema schema(Schema before) {
    return new Schema(
        withTypes(before.root(), columns.stream().map(ReducedColumn::type).iterator()));
  }

  private static Group withTypes(Group group, Iterator<ValueType> types) {
    List<Column> columns = new ArrayList<>();
    for (Column column : group.columns()) {
      columns.add(
          new Column(
              column.name(), types.next(), column.unit(), column.integral(), column.eventKey()));
    }
    List<Group> lists = new ArrayList<>();
    for (Group list : group.lists()) {
      lists.add(withTypes(list, types));
    }
    return new Group(group.name(), columns, lists);
  }

  /** For columns by their numbers what all their values are on. */
  Map<Integer, ValueGrid> grids() {
    Map<Integer, ValueGrid> grids = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      ValueGrid grid = columns.get(i).grid();
      if (grid != null) {
        grids.put(i, grid);
      }
    }
    return grids;
  }
}
