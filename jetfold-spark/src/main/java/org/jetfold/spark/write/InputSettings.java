package org.jetfold.spark.write;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  /** Whether all of a file is read as it is. */
  boolean isPlain() {
    return eventColumn == null && collections.isEmpty() && columns.isEmpty();
  }

  SourceOptions options(Consumer<String> warnings) {
    return new SourceOptions(eventColumn, new ColumnRequest(collections, columns), 1, warnings);
  }
}
