package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Brings two tables into one shape, in which a quantity that was found for one can be computed from
 * both: the columns that both have, in the order and with the names of the first. Immutable.
 */
public final class MatchedShape {
  private final ColumnMatch match;
  private final Projection projection;
  private final Schema schemaOfSecond;

  /**
   * The shape of two tables.
   *
   * @param match from the first to the second
   */
  public MatchedShape(Schema first, Schema second, ColumnMatch match) {
    this.match = match;
    Set<Integer> common = new TreeSet<>();
    IntStream.range(0, first.columns().size())
        .filter(column -> match.column(column) >= 0)
        .forEach(common::add);
    boolean isWhole =
        common.size() == first.columns().size()
            && IntStream.range(0, first.groups().size()).allMatch(group -> match.group(group) >= 0);
    // Where everything is there, lists without columns keep their numbers, too.
    projection = isWhole ? Projection.all(first) : Projection.of(first, common);
    schemaOfSecond = new Schema(retyped(0, second));
  }

  /** The group as it is in the first table, with the second one's types. */
  private Group retyped(int group, Schema second) {
    Schema schema = projection.schema();
    Group described = schema.groups().get(group);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < described.columns().size(); i++) {
      int whole = projection.columns().get(schema.firstColumn(group) + i);
      Column other = second.columns().get(match.column(whole));
      columns.add(new Column(described.columns().get(i).name(), other.type()));
    }
    List<Group> lists = new ArrayList<>();
    for (int child = group + 1; child < schema.groups().size(); child++) {
      if (schema.parent(child) == group) {
        lists.add(retyped(child, second));
      }
    }
    return new Group(described.name(), columns, lists);
  }

  /** The schema that quantities are found for: that of the first table. */
  public Schema schema() {
    return projection.schema();
  }

  /** The number that a group of this shape has in the first table. */
  public int group(int group) {
    return projection.groups().get(group);
  }

  /** The first table in this shape. */
  public Table first(Table table) {
    return new Table(
        schema(),
        table.rootEntries(),
        projection.groups().stream().skip(1).map(table::offsets).toList(),
        projection.columns().stream().map(table::values).toList());
  }

  /** The second table in this shape. */
  public Table second(Table table) {
    List<ColumnValues> values =
        projection.columns().stream().map(column -> table.values(match.column(column))).toList();
    return new Table(
        schemaOfSecond,
        table.rootEntries(),
        projection.groups().stream()
            .skip(1)
            .map(group -> table.offsets(match.group(group)))
            .toList(),
        values);
  }
}
