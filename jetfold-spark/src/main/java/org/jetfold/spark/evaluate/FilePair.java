package org.jetfold.spark.evaluate;

import java.io.Serializable;
import org.jetfold.spark.file.InputFile;
import org.jetfold.tables.format.EntryRange;
import org.jspecify.annotations.Nullable;

/**
 * A file, or some of its events, and what was restored of it.
 *
 * @param part the events of the original; null for all
 */
record FilePair(InputFile original, @Nullable EntryRange part, InputFile restored)
    implements Serializable {
  /** Both names, for messages. */
  String names() {
    return "%s and %s".formatted(original.path(), restored.path());
  }
}
