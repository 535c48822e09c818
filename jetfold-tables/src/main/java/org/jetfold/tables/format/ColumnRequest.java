package org.jetfold.tables.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;

/**
 * What of a file is wanted, by names and globs ({@code *} and {@code ?}). Nothing asked for means
 * everything.
 *
 * @param collections lists of objects: each is a collection's name ({@code Jet} for {@code Jet_pt},
 *     {@code Jet.PT} …), or a glob of its columns ({@code AnalysisJetsAuxDyn.*})
 * @param columns columns, of collections or of events
 */
public record ColumnRequest(List<String> collections, List<String> columns) {
  /** Everything. */
  public static final ColumnRequest ALL = new ColumnRequest(List.of(), List.of());

  /** Takes blanks off. */
  public ColumnRequest {
    collections = collections.stream().map(String::strip).toList();
    columns = columns.stream().map(String::strip).toList();
  }

  /** The columns of a table that was made of the file's, by their names, or paths where it must. */
  public static ColumnRequest of(Schema made) {
    List<QualifiedColumn> all = QualifiedColumn.all(made);
    List<String> names = all.stream().map(column -> column.column().name()).toList();
    return new ColumnRequest(
        List.of(),
        all.stream()
            .map(column ->
                Collections.frequency(names, column.column().name()) == 1
                    ? column.column().name()
                    : column.path())
            .map(NamePattern::escaped)
            .toList());
  }

  /** Whether everything is wanted. */
  public boolean isAll() {
    return collections.isEmpty() && columns.isEmpty();
  }

  /** All patterns, those of collections first. */
  public List<String> patterns() {
    List<String> all = new ArrayList<>(collections);
    all.addAll(columns);
    return all;
  }
}
