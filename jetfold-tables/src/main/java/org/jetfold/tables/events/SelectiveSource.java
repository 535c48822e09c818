package org.jetfold.tables.events;

import org.jetfold.codec.table.TableSource;

/**
 * A source that was opened with a {@link org.jetfold.tables.ColumnRequest} and gives what that asks
 * for, and no more.
 */
public interface SelectiveSource extends TableSource {}
