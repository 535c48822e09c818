package org.jetfold.tables.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.tables.format.SourceOptions;

/**
 * Which columns of a table a user asked for. Readers open nothing else, so that a column nobody
 * asked for may hold anything. Names are found as they are in the table that the file becomes.
 */
public final class RequestedColumns {
  private RequestedColumns() {}

  /**
   * The numbers of the columns to read. All, where a name stands for no column: that is said when
   * columns are selected, beside the names that there are.
   *
   * @param schema the file's table, before events are grouped by a column
   */
  public static Set<Integer> of(Schema schema, SourceOptions options) {
    Set<Integer> all = new TreeSet<>(IntStream.range(0, schema.columns().size()).boxed().toList());
    List<Column> columns = schema.columns();
    String event = options.eventColumn();
    int key = event == null ? -1 : columns.stream().map(Column::name).toList().indexOf(event);
    if (options.request().isAll() || (event != null && (key < 0 || schema.hasEvents()))) {
      return all;
    }
    // In a table of events, the value that marks them is the first column.
    List<Integer> order = new ArrayList<>(all);
    Schema seen = schema;
    if (key >= 0 && columns.size() > 1) {
      order.removeIf(column -> column == key);
      List<Column> others = order.stream().map(columns::get).toList();
      order.addFirst(key);
      seen = Schema.events(List.of(columns.get(key)), EventGrouping.COLLECTION, others);
    }
    Set<Integer> asked = new TreeSet<>();
    for (Set<Integer> matching : matching(seen, options)) {
      if (matching.isEmpty()) {
        return all;
      }
      matching.forEach(column -> asked.add(order.get(column)));
    }
    if (key >= 0) {
      asked.add(key);
    }
    return key >= 0 && asked.size() == 1 ? all : asked;
  }

  /**
   * For each pattern of a request, those of collections first, the numbers of the columns that it
   * stands for.
   */
  public static List<Set<Integer>> matching(Schema schema, SourceOptions options) {
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    List<Set<Integer>> matching = new ArrayList<>();
    for (String wanted : options.request().collections()) {
      NamePattern pattern = NamePattern.parse(wanted);
      Set<Integer> members = new TreeSet<>();
      for (int column = 0; column < columns.size(); column++) {
        if (inCollection(schema, schema.groupOf(column), pattern)
            || columns.get(column).fits(pattern)) {
          members.add(column);
        }
      }
      matching.add(members);
    }
    for (String wanted : options.request().columns()) {
      matching.add(QualifiedColumn.fitting(NamePattern.parse(wanted), columns));
    }
    return matching;
  }

  private static boolean inCollection(Schema schema, int group, NamePattern pattern) {
    return group > 0
        && (pattern.fits(schema.groups().get(group).name())
            || inCollection(schema, schema.parent(group), pattern));
  }
}
