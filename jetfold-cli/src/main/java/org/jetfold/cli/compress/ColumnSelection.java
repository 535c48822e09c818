package org.jetfold.cli.compress;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.cli.console.CommandFailure;
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
