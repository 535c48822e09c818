/**
 * Precision settings: what a column may lose, and rules that choose a setting for each column of a
 * table.
 *
 * <p>Start at {@link org.jetfold.codec.precision.PrecisionRules}.
 */
@NullMarked
package org.jetfold.codec.precision;

import org.jspecify.annotations.NullMarked;
