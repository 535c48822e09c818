package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

/**
 * A column with the names that a user can call it by.
 *
 * @param column the column
 * @param path its name, with its collection's before it and a dot between
 * @param names all names that it answers to: its own, and those with a collection before it
 * @param eventValue true for a value of the event in a table that has events
 */
public record QualifiedColumn(Column column, String path, List<String> names, boolean eventValue) {
  private static final int MOST_NAMES_LISTED = 4;

  /** Copies the list. */
  public QualifiedColumn {
    names = List.copyOf(names);
  }

  /** The columns of a table, in the schema's order. */
  public static List<QualifiedColumn> all(Schema schema) {
    List<QualifiedColumn> all = new ArrayList<>();
    for (int number = 0; number < schema.columns().size(); number++) {
      Column column = schema.columns().get(number);
      int group = schema.groupOf(number);
      if (group == 0) {
        all.add(
            new QualifiedColumn(column, column.name(), List.of(column.name()), schema.hasEvents()));
      } else {
        String nearest = schema.groups().get(group).name() + "." + column.name();
        String path = path(schema, group) + column.name();
        List<String> names =
            path.equals(nearest)
                ? List.of(column.name(), path)
                : List.of(column.name(), nearest, path);
        all.add(new QualifiedColumn(column, path, names, false));
      }
    }
    return all;
  }

  private static String path(Schema schema, int group) {
    return group == 0
        ? ""
        : path(schema, schema.parent(group)) + schema.groups().get(group).name() + ".";
  }

  /**
   * True where a pattern stands for this column. Names with a collection before them count only for
   * patterns with a dot: {@code *t*} must not fit every column of a collection called jets.
   */
  public boolean fits(NamePattern pattern) {
    return pattern.fits(column.name())
        || (pattern.text().contains(".") && names.stream().anyMatch(pattern::fits));
  }

  boolean mayLoseBits() {
    return column.mayLoseBits() && !column.eventKey();
  }

  /** Why the column cannot lose bits, as the end of a sentence about it. */
  String whyExact() {
    if (!column.type().isFloat()) {
      return "has type " + column.type().name().toLowerCase(Locale.ROOT);
    }
    return column.integral() ? "holds integers" : "marks the event boundaries";
  }

  /** Help for a name that no column has: those that are like it, or some that there are. */
  public static String near(String wanted, List<QualifiedColumn> columns) {
    List<String> near =
        columns.stream()
            .flatMap(column -> column.names().stream())
            .distinct()
            .filter(name -> distance(wanted, name) <= Math.max(2, wanted.length() / 3))
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(MOST_NAMES_LISTED)
            .toList();
    List<String> some =
        columns.stream().map(QualifiedColumn::path).limit(MOST_NAMES_LISTED).toList();
    return !near.isEmpty()
        ? "did you mean " + String.join(", ", near) + "?"
        : "there are " + String.join(", ", some) + (columns.size() > some.size() ? ", …" : "");
  }

  /**
   * Edits that make one name of the other, where a change of case costs none: Levenshtein's
   * distance.
   */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
