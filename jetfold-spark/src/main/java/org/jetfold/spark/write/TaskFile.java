package org.jetfold.spark.write;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task wrote.
 *
 * @param attempt the name of its file among the attempts; null where it had no rows
 * @param name the file's final name
 * @param events how many events, or rows, are in it
 * @param bytes its size
 * @param missing which values were missing, and how many
 */
record TaskFile(
    @Nullable String attempt, String name, long events, long bytes, Map<String, Long> missing)
    implements Serializable {
  /** Copies the map, to one that can be sent. */
  TaskFile {
    missing = new TreeMap<>(missing);
  }

  /** Whether there is a file. */
  boolean isThere() {
    return attempt != null;
  }
}
