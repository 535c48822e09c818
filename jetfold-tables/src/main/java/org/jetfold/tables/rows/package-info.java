/**
 * Pieces of tables: values that grow, rows that become events, events that become rows. Knows no
 * file format.
 */
@NullMarked
package org.jetfold.tables.rows;

import org.jspecify.annotations.NullMarked;
