package org.jetfold.tables.format;

import java.io.Serializable;

/**
 * Some consecutive events of a file, or rows where it has no events.
 *
 * @param first the number of the first, counted from 0
 * @param end the number behind the last; above {@code first}
 */
public record EntryRange(long first, long end) implements Serializable {
  /** Checks the numbers. */
  public EntryRange {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException("entries %d to %d".formatted(first, end));
    }
  }

  /** How many there are. */
  public long count() {
    return end - first;
  }
}
