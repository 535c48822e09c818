package org.jetfold.spark;

import java.util.List;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * What was left out of the files that a session read with {@code onError=skip}: a line for each
 * damaged file or block. Thread-safe.
 */
public final class SkippedFiles {
  private static @Nullable SparkContext context;
  private static @Nullable CollectionAccumulator<String> accumulator;

  private SkippedFiles() {}

  /** Collects lines from the driver and from all tasks of a session. */
  public static synchronized CollectionAccumulator<String> accumulator(SparkContext session) {
    CollectionAccumulator<String> known = accumulator;
    if (known == null || !session.equals(context)) {
      known = session.collectionAccumulator("jetfold: skipped");
      context = session;
      accumulator = known;
    }
    return known;
  }

  /** The lines, each with the file's path and what is wrong, in order. */
  public static synchronized List<String> list() {
    CollectionAccumulator<String> known = accumulator;
    // A task that was repeated tells its lines again.
    return known == null ? List.of() : List.copyOf(new TreeSet<>(known.value()));
  }

  /** Forgets the lines. */
  public static synchronized void clear() {
    CollectionAccumulator<String> known = accumulator;
    if (known != null) {
      known.reset();
    }
  }
}
