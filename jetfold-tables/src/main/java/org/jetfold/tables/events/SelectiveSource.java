package org.jetfold.tables.events;

import org.jetfold.codec.table.TableSource;

/**
 * A source that was opened with a {@link org.jetfold.tables.ColumnRequest} and gives what that asks
 * for, and no more. Which variables make a collection is in part found in the data.
 */
public interface SelectiveSource extends TableSource {
  /** What was found in this file, for others with the same variables. */
  Precedent precedent();
}
