package org.jetfold.spark.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * What of files is read.
 *
 * @param tree of ROOT files, the table's name; null where there is only one
 * @param eventColumn whose equal values make an event of rows; null for the file's own events
 * @param collections names of collections
 * @param columns names of columns
 */
public record InputSettings(
    @Nullable String tree,
    @Nullable String eventColumn,
    List<String> collections,
    List<String> columns)
    implements Serializable {
  /** Copies the lists, to ones that can be sent. */
  public InputSettings {
    collections = new ArrayList<>(collections);
    columns = new ArrayList<>(columns);
  }

  /** The name of the table in a file. */
  public String name(LocalCopy file) {
    return tree == null ? file.path().toString() : file.path() + ":" + tree;
  }

  /** The same of a table that was made of the file's columns: all of them. */
  public InputSettings plain() {
    return new InputSettings(null, null, List.of(), List.of());
  }

  /** Whether all of a file is read as it is. */
  public boolean isPlain() {
    return eventColumn == null && collections.isEmpty() && columns.isEmpty();
  }

  /**
   * The same, with the columns of a table that was made of the file's.
   *
   * @param made it
   */
  public InputSettings withColumnsOf(Schema made) {
    return new InputSettings(tree, eventColumn(made), List.of(), ColumnRequest.of(made).columns());
  }

  private @Nullable String eventColumn(Schema made) {
    return made.columns().stream()
        .filter(Column::eventKey)
        .map(Column::name)
        .findFirst()
        .orElse(eventColumn);
  }

  /**
   * How a file is read.
   *
   * @param warnings takes lines for the user
   */
  public SourceOptions options(Consumer<String> warnings) {
    return new SourceOptions(eventColumn, new ColumnRequest(collections, columns), 1, warnings);
  }
}
