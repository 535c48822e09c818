/**
 * Tables in memory: events with values of their own and collections of objects, column by column.
 *
 * <p>Start at {@link org.jetfold.codec.table.Schema}. A {@link org.jetfold.codec.table.TableSource}
 * gives a table piece by piece.
 */
@NullMarked
package org.jetfold.codec.table;

import org.jspecify.annotations.NullMarked;
