package org.jetfold.tables.events;

import java.util.List;
import org.jetfold.codec.table.ColumnValues;

/**
 * A variable's values in some events, with an array of offsets for each list around them, the
 * outermost first. List i of a depth is the elements {@code offsets[i]} to before {@code
 * offsets[i+1]} of the next; every array begins with 0.
 *
 * @param values the innermost values
 * @param offsets as many arrays as the variable is deep
 */
public record VariableValues(ColumnValues values, List<int[]> offsets) {
  /** Copies the list, not the arrays. */
  public VariableValues {
    offsets = List.copyOf(offsets);
  }
}
