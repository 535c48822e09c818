package org.jetfold.tables.format;

import org.jetfold.codec.table.TableSource;

/**
 * A source that gives what its {@link ColumnRequest} asks for, and no more. Others give everything,
 * and columns are selected behind them.
 */
public interface SelectiveSource extends TableSource {
  /** What was found in this file, for others with the same variables. */
  LayoutOfFirstFile layout();
}
