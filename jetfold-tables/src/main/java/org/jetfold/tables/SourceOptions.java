package org.jetfold.tables;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to read a table.
 *
 * @param eventColumn for a flat table: the column whose consecutive equal values form an event;
 *     null where the source's own event boundaries count, or there are none
 * @param warnings takes lines for the user about what is left out; called while the source is
 *     opened or read, on that thread
 */
public record SourceOptions(@Nullable String eventColumn, Consumer<String> warnings) {
  /** No event column. */
  public SourceOptions(Consumer<String> warnings) {
    this(null, warnings);
  }
}
