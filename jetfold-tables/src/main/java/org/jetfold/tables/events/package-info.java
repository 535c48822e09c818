/**
 * Tables of whole events out of formats that keep each variable in a list column of its own: which
 * variables make a collection, and how their values become a table.
 */
@NullMarked
package org.jetfold.tables.events;

import org.jspecify.annotations.NullMarked;
