package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.derived.JetNames;
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
   * The columns that are in both tables.
   *
   * @throws DifferentTablesException where there is none
   */
  static List<ColumnPair> of(Schema original, Schema restored, ColumnMatch match)
      throws DifferentTablesException {
    if (original.hasEvents() != restored.hasEvents()) {
      throw new DifferentTablesException(
          TableDifference.Kind.EVENTS, "one has events, the other has none");
    }
    List<QualifiedColumn> names = QualifiedColumn.all(original);
    List<ColumnPair> pairs = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      int found = match.column(column);
      if (found >= 0) {
        pairs.add(
            new ColumnPair(
                names.get(column),
                column,
                found,
                original.groupOf(column),
                restored.groupOf(found)));
      }
    }
    if (pairs.isEmpty()) {
      throw new DifferentTablesException(
          TableDifference.Kind.COLUMNS, "they have no column in common");
    }
    return pairs;
  }

  /** Each column of a table, paired with itself. */
  static List<ColumnPair> ofItself(Schema schema) {
    List<QualifiedColumn> names = QualifiedColumn.all(schema);
    List<ColumnPair> pairs = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      int group = schema.groupOf(column);
      pairs.add(new ColumnPair(names.get(column), column, column, group, group));
    }
    return pairs;
  }

  /**
   * The pair of a group that goes by one of the usual names of jets' columns, with or without the
   * collection's name before it.
   */
  static @Nullable ColumnPair called(List<ColumnPair> pairs, int group, String... names) {
    List<ColumnPair> own = pairs.stream().filter(pair -> pair.group == group).toList();
    int found =
        new JetNames(own.stream().map(pair -> pair.name.column().name()).toList()).find(names);
    if (found >= 0) {
      return own.get(found);
    }
    for (String name : names) {
      for (ColumnPair pair : own) {
        if (pair.name.names().stream().anyMatch(name::equalsIgnoreCase)) {
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
