package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

/**
 * A column with the names that users can give it.
 *
 * @param column the column
 * @param path its name, with its collection's before it and a dot between where the name does not
 *     begin with the collection's anyway
 * @param names all its names: its own, and those with a collection before it
 * @param eventValue true for a value of the event in a table that has events
 */
public record QualifiedColumn(Column column, String path, List<String> names, boolean eventValue) {
  private static final int MAX_NAMES = 4;
  private static final String SEPARATORS = "_.:";

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
        String collection = schema.groups().get(group).name();
        String nearest = collection + "." + column.name();
        String path = schema.path(group) + "." + column.name();
        Set<String> names = new LinkedHashSet<>(List.of(column.name(), nearest, path));
        if (holdsCollection(column.name(), collection)) {
          // Jet_pt of the collection Jet is its pt; Jet.Jet_pt is not offered as a name.
          path = column.name();
          if (path.length() > collection.length()) {
            String bare = path.substring(collection.length() + 1);
            names.add(bare);
            names.add(collection + "." + bare);
          }
        }
        all.add(new QualifiedColumn(column, path, List.copyOf(names), false));
      }
    }
    return all;
  }

  /**
   * Whether a column's name begins with its collection's, as the branches of ROOT files do: {@code
   * Jet_pt}, {@code Jet.PT}, {@code JetsAuxDyn:pt}.
   */
  private static boolean holdsCollection(String column, String collection) {
    return column.startsWith(collection)
        && (column.length() == collection.length()
            || (column.length() > collection.length() + 1
                && SEPARATORS.indexOf(column.charAt(collection.length())) >= 0));
  }

  /**
   * True where a pattern matches this column. Of globs, only those with a dot are compared with
   * more than the column's own name: {@code *t*} must not match every column of a collection called
   * jets.
   */
  public boolean fits(NamePattern pattern) {
    return pattern.fits(column.name())
        || ((pattern.plain() || pattern.text().contains("."))
            && names.stream().anyMatch(pattern::fits));
  }

  /** The numbers of the columns that a pattern matches. */
  public static Set<Integer> fitting(NamePattern pattern, List<QualifiedColumn> columns) {
    Set<Integer> fitting = new TreeSet<>();
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).fits(pattern)) {
        fitting.add(column);
      }
    }
    return fitting;
  }

  boolean mayLoseBits() {
    return column.mayLoseBits() && !column.eventKey();
  }

  /** Why the column cannot lose bits, as the end of a sentence about it. */
  String whyExact() {
    if (!column.type().isFloat()) {
      return "has type " + column.type();
    }
    return column.integral() ? "holds integers" : "marks the event boundaries";
  }

  /** Help for a name that no column has: similar names, or some of the existing ones. */
  public static String near(String wanted, List<QualifiedColumn> columns) {
    List<String> names =
        similar(wanted, columns.stream().flatMap(column -> column.names().stream()).toList());
    return names.isEmpty()
        ? some(columns.stream().map(QualifiedColumn::path).toList())
        : didYouMean(names);
  }

  /**
   * Help for a name or glob that fits none of these: similar names, or some of the existing ones.
   */
  public static String nearName(String wanted, List<String> names) {
    List<String> similar = similar(wanted, names);
    return similar.isEmpty() ? some(names.stream().distinct().toList()) : didYouMean(similar);
  }

  private static String didYouMean(List<String> names) {
    return "did you mean " + String.join(", ", names) + "?";
  }

  private static String some(List<String> names) {
    return names.isEmpty()
        ? "there is none"
        : "there are "
            + String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())))
            + (names.size() > MAX_NAMES ? ", …" : "");
  }

  /** Names that are spelt nearly the same, nearest first; else those that hold what is wanted. */
  private static List<String> similar(String wanted, List<String> names) {
    List<String> near =
        names.stream()
            .distinct()
            .filter(name -> distance(wanted, name) <= Math.max(1, wanted.length() / 3))
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(MAX_NAMES)
            .toList();
    String part = wanted.toLowerCase(Locale.ROOT).replaceAll("[*?]", "");
    return !near.isEmpty() || part.isEmpty()
        ? near
        : names.stream()
            .distinct()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
            .limit(MAX_NAMES)
            .toList();
  }

  /**
   * Levenshtein's distance: the number of edits between two names; a change of case costs nothing.
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
