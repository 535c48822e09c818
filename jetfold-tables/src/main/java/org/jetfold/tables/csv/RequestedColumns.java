package org.jetfold.tables.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.EventGrouping;

/**
 * Which columns of a CSV file somebody asked for: only these must hold numbers. Names are found as
 * they are in the table that the file becomes.
 */
final class RequestedColumns {
  private RequestedColumns() {}

  /**
   * The places of the columns, from the left. All, where a name stands for no column: that is said
   * when columns are chosen, beside the names that there are.
   *
   * @param names the columns of the file
   */
  static List<Integer> of(List<String> names, SourceOptions options) {
    List<Integer> all = IntStream.range(0, names.size()).boxed().toList();
    String event = options.eventColumn();
    int key = event == null ? -1 : names.indexOf(event);
    // A collection has all columns but the event's.
    if (options.request().columns().isEmpty()
        || !options.request().collections().isEmpty()
        || (event != null && key < 0)) {
      return all;
    }
    List<Integer> places = new ArrayList<>();
    if (key >= 0) {
      // First, as the event's value is in a table of events.
      places.add(key);
    }
    all.stream().filter(place -> place != key).forEach(places::add);
    List<QualifiedColumn> columns = QualifiedColumn.all(schema(names, places, key >= 0));
    Set<Integer> asked = new TreeSet<>();
    for (String wanted : options.request().columns()) {
      Set<Integer> fitting = QualifiedColumn.fitting(NamePattern.parse(wanted), columns);
      if (fitting.isEmpty()) {
        return all;
      }
      fitting.forEach(column -> asked.add(places.get(column)));
    }
    if (key >= 0) {
      asked.add(key);
      if (asked.size() == 1) {
        return all;
      }
    }
    return List.copyOf(asked);
  }

  private static Schema schema(List<String> names, List<Integer> places, boolean events) {
    List<Column> columns =
        places.stream().map(place -> new Column(names.get(place), ValueType.FLOAT64)).toList();
    return events && columns.size() > 1
        ? Schema.events(
            columns.subList(0, 1), EventGrouping.COLLECTION, columns.subList(1, columns.size()))
        : Schema.flat(columns);
  }
}
