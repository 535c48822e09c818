package org.jetfold.root;

import java.util.List;

/**
 * The values of a column for some entries, with one array of offsets for each {@link Level} of
 * nesting, the outermost first. List i of a level is the elements {@code offsets[i]} to before
 * {@code offsets[i + 1]} of the next level, or of the values at the innermost level. Every array of
 * offsets begins with 0. A column without nesting has one value an entry.
 *
 * @param firstEntry the first entry
 * @param entries the number of entries
 * @param values the innermost values
 * @param offsets an array for each level; the outermost has one more element than there are entries
 */
public record JaggedColumn(long firstEntry, int entries, ColumnValues values, List<int[]> offsets) {
  /** Copies the list of offsets, but not the arrays. */
  public JaggedColumn {
    offsets = List.copyOf(offsets);
  }
}
