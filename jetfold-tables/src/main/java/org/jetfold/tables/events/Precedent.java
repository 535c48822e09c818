package org.jetfold.tables.events;

import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a table says about the others, where a file alone does not say all: which of its
 * variables make a collection, whether a column of a CSV file that holds integers is one of
 * integers, which tree is meant. Immutable.
 *
 * @param schema the file's table, as it is before columns are chosen and events are grouped by a
 *     column
 * @param layout where each variable is in the table; null where the file itself says it
 * @param tree the ROOT tree; null for other formats
 * @param valuesAnEvent about how many values an event has; 0 where that is not known
 */
public record Precedent(
    Schema schema, @Nullable EventLayout layout, @Nullable String tree, double valuesAnEvent) {
  /** That of a file which says nothing but its shape. */
  public static Precedent of(Schema schema) {
    return new Precedent(schema, null, null, 0);
  }
}
