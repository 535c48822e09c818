package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A column of the original and its restored form.
 *
 * @param name the original's column
 * @param original its number in the original
 * @param restored its number in the restored table
 * @param group its group in the original
 * @param restoredGroup its group in the restored table
 */
record ColumnPair(QualifiedColumn name, int original, int restored, int group, int restoredGroup) {

  /**
   * Finds for the columns of one table those of another by their names; columns that only one has
   * are left out.
   *
   * @throws IncomparableTablesException where no column is in both, or their columns belong to
   *     different lists
   */
  static List<ColumnPair> of(Schema original, Schema restored) throws IncomparableTablesException {
    if (original.hasEvents() != restored.hasEvents()) {
      throw new IncomparableTablesException(
          "one has events and the other has not; name the column that marks them with"
              + " --event-column");
    }
    List<QualifiedColumn> names = QualifiedColumn.all(original);
    List<QualifiedColumn> others = QualifiedColumn.all(restored);
    List<ColumnPair> pairs = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      int group = original.groupOf(number);
      int found = -1;
      for (int other = 0; other < others.size(); other++) {
        boolean alike =
            depth(restored, restored.groupOf(other)) == depth(original, group)
                && others.get(other).isCalledAs(names.get(number));
        // Two collections may have a pt each: the collection's name decides, where it is kept.
        if (alike && (found < 0 || others.get(other).path().equals(names.get(number).path()))) {
          found = other;
        }
      }
      if (found >= 0) {
        pairs.add(new ColumnPair(names.get(number), number, found, group, restored.groupOf(found)));
      }
    }
    if (pairs.isEmpty()) {
      throw new IncomparableTablesException("they have no column in common");
    }
    for (ColumnPair pair : pairs) {
      for (ColumnPair other : pairs) {
        if (pair.group == other.group && pair.restoredGroup != other.restoredGroup) {
          throw new IncomparableTablesException(
              "%s and %s are of one collection in the original, and of two in the other"
                  .formatted(pair.name.path(), other.name.path()));
        }
      }
    }
    return pairs;
  }

  private static int depth(Schema schema, int group) {
    return group == 0 ? 0 : 1 + depth(schema, schema.parent(group));
  }

  /** The columns of the original that have no restored form. */
  static List<QualifiedColumn> missing(Schema original, List<ColumnPair> pairs) {
    List<QualifiedColumn> names = QualifiedColumn.all(original);
    List<QualifiedColumn> missing = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      int column = number;
      if (pairs.stream().noneMatch(pair -> pair.original == column)) {
        missing.add(names.get(number));
      }
    }
    return missing;
  }

  /** The pair of a group that goes by one of these names, whatever their case. */
  static @Nullable ColumnPair called(List<ColumnPair> pairs, int group, String... names) {
    for (String name : names) {
      for (ColumnPair pair : pairs) {
        if (pair.group == group
            && pair.name.names().stream()
                .anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(name))) {
          return pair;
        }
      }
    }
    return null;
  }

  /**
   * True for azimuths, whose differences are wrapped; where it is another angle, no harm is done.
   */
  boolean isAzimuth() {
    return name.column().name().toLowerCase(Locale.ROOT).endsWith("phi");
  }
}
