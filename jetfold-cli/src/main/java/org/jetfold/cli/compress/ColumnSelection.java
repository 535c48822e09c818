package org.jetfold.cli.compress;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;

/**
 * The columns that a user wants.
 *
 * @param patterns names and globs; none for all columns
 */
record ColumnSelection(List<NamePattern> patterns) {
  ColumnSelection {
    patterns = List.copyOf(patterns);
  }

  static ColumnSelection of(List<String> names) {
    return new ColumnSelection(names.stream().map(String::strip).map(NamePattern::parse).toList());
  }

  /**
   * The columns of a compressed file that options for tables choose.
   *
   * @throws CommandFailure where they ask for something that a compressed file does not have
   */
  static ColumnSelection ofCompressed(ReadingOptions reading) {
    if (reading.eventColumn != null || !reading.collections.isEmpty()) {
      throw CommandFailure.usage(
          "--event-column and --collection are for other tables: a compressed file has its events,"
              + " and --columns chooses");
    }
    List<String> names = new ArrayList<>(reading.columns);
    names.addAll(reading.with);
    return of(names);
  }

  /** Finds the columns in a table; each pattern must fit one. */
  Projection resolve(String file, Schema schema) {
    if (patterns.isEmpty()) {
      return Projection.all(schema);
    }
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    Set<Integer> chosen = new TreeSet<>();
    for (NamePattern pattern : patterns) {
      Set<Integer> fitting = QualifiedColumn.fitting(pattern, columns);
      chosen.addAll(fitting);
      if (fitting.isEmpty()) {
        throw CommandFailure.usage(
            "%s: --columns: no column is called %s; %s"
                .formatted(file, pattern.text(), QualifiedColumn.near(pattern.literal(), columns)));
      }
    }
    return Projection.of(schema, chosen);
  }
}
