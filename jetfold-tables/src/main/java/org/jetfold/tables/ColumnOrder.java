package org.jetfold.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The columns and lists of one table in the order of another that has the same. Immutable.
 *
 * <p>The same columns are those with the same name in the same collection (or list within), the
 * same type, unit and marks.
 */
final class ColumnOrder {
  private static final String CHOOSE = "choose columns that all files have";

  private final Schema wanted;
  private final List<Integer> columns = new ArrayList<>();
  private final List<Integer> lists = new ArrayList<>();
  private final boolean same;

  /** A column's name, and those of all lists around it. */
  private record Place(List<String> lists, String column) {}

  /**
   * Finds one table's columns in another.
   *
   * @param found a table that {@link #difference} finds nothing about
   */
  ColumnOrder(Schema wanted, Schema found) {
    this.wanted = wanted;
    same = wanted.equals(found);
    Map<Place, Integer> places = places(found);
    for (int column = 0; column < wanted.columns().size(); column++) {
      columns.add(Objects.requireNonNull(places.get(place(wanted, column))));
    }
    List<List<String>> paths = paths(found);
    for (int group = 1; group < wanted.groups().size(); group++) {
      lists.add(paths.indexOf(path(wanted, group)));
    }
  }

  /** A piece of the other table as one of the table wanted. */
  Table ordered(Table piece) {
    if (same) {
      return piece;
    }
    List<int[]> offsets = lists.stream().map(piece::offsets).toList();
    List<ColumnValues> values = columns.stream().map(piece::values).toList();
    return new Table(wanted, piece.rootEntries(), offsets, values);
  }

  /**
   * What first tells another table from the one wanted, and what to do about it, as the end of a
   * sentence that begins with the other file's name.
   *
   * @param there what to call the file with the table wanted
   * @return null where both have the same columns
   */
  static @Nullable String difference(Schema wanted, String there, Schema found) {
    Map<Place, Integer> expected = places(wanted);
    Map<Place, Integer> places = places(found);
    List<String> names = names(wanted);
    List<String> foundNames = names(found);
    for (int column = 0; column < wanted.columns().size(); column++) {
      Integer at = places.get(place(wanted, column));
      String difference =
          at == null
              ? missing(wanted, column, there, found, expected)
              : difference(
                  wanted.columns().get(column), found.columns().get(at), names.get(column), there);
      if (difference != null) {
        return difference;
      }
    }
    for (int column = 0; column < found.columns().size(); column++) {
      if (!expected.containsKey(place(found, column))) {
        return "it has column %s, and %s has none: %s"
            .formatted(foundNames.get(column), there, CHOOSE);
      }
    }
    for (List<String> path : paths(wanted)) {
      if (!paths(found).contains(path)) {
        return "it has no list %s, and %s has one".formatted(String.join(".", path), there);
      }
    }
    for (List<String> path : paths(found)) {
      if (!paths(wanted).contains(path)) {
        return "it has a list %s, and %s has none".formatted(String.join(".", path), there);
      }
    }
    return null;
  }

  private static String missing(
      Schema wanted, int column, String there, Schema found, Map<Place, Integer> expected) {
    String name = wanted.columns().get(column).name();
    for (int other = 0; other < found.columns().size(); other++) {
      if (found.columns().get(other).name().equals(name)
          && !expected.containsKey(place(found, other))) {
        return "its column %s is %s, that of %s is %s: %s"
            .formatted(name, where(found, other), there, where(wanted, column), CHOOSE);
      }
    }
    return "it has no column %s, and %s has one: %s"
        .formatted(names(wanted).get(column), there, CHOOSE);
  }

  private static @Nullable String difference(
      Column wanted, Column found, String name, String there) {
    String of = "its column %s ".formatted(name);
    if (wanted.type() != found.type()) {
      return of
          + "has type %s, that of %s has %s: leave it out, or store it alike"
              .formatted(found.type(), there, wanted.type());
    }
    if (!wanted.unit().equals(found.unit())) {
      return of
          + "has %s, that of %s %s: leave it out, or convert it"
              .formatted(unit(found), there, unit(wanted));
    }
    if (!wanted.equals(found)) {
      return of
          + "is %s to hold integers, that of %s is %s: leave it out, or store it alike"
              .formatted(
                  found.integral() ? "marked" : "not marked",
                  there,
                  wanted.integral() ? "marked" : "not marked");
    }
    return null;
  }

  private static String unit(Column column) {
    return column.unit().isEmpty() ? "no unit" : "the unit " + column.unit();
  }

  /** Where a column is, in words. */
  private static String where(Schema schema, int column) {
    List<String> path = path(schema, schema.groupOf(column));
    return path.isEmpty()
        ? schema.hasEvents() ? "a value of the event" : "one of rows without events"
        : (path.size() > 1 ? "%d lists deep, in ".formatted(path.size()) : "in ")
            + String.join(".", path);
  }

  private static List<String> names(Schema schema) {
    return QualifiedColumn.all(schema).stream().map(QualifiedColumn::path).toList();
  }

  private static Map<Place, Integer> places(Schema schema) {
    Map<Place, Integer> places = new HashMap<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      places.put(place(schema, column), column);
    }
    return places;
  }

  private static Place place(Schema schema, int column) {
    return new Place(path(schema, schema.groupOf(column)), schema.columns().get(column).name());
  }

  private static List<List<String>> paths(Schema schema) {
    List<List<String>> paths = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      paths.add(path(schema, group));
    }
    return paths;
  }

  /** The names of a group and the lists around it, outermost first; empty for the root. */
  private static List<String> path(Schema schema, int group) {
    List<String> path = new ArrayList<>();
    for (int at = group; at > 0; at = schema.parent(at)) {
      path.addFirst(schema.groups().get(at).name());
    }
    return path;
  }
}
