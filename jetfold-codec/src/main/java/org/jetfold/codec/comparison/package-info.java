/**
 * Two tables laid beside each other: which columns are the same, and whether a restored table keeps
 * the precision that was promised.
 *
 * <p>Start at {@link org.jetfold.codec.comparison.PrecisionCheck}.
 */
@NullMarked
package org.jetfold.codec.comparison;

import org.jspecify.annotations.NullMarked;
