package org.jetfold.tables.format;

import org.jetfold.codec.table.Schema;

/**
 * What the first of several files that are one table says about the others, where a file alone does
 * not say all: which of its variables make a collection, whether a column of a CSV file that holds
 * integers is one of floats, which tree is meant. A format may return a type of its own with more
 * than the schema, and finds it again in the files behind. Immutable.
 */
public interface LayoutOfFirstFile {
  /** The table's shape before columns are selected and events are grouped by a column. */
  Schema schema();
}
