/**
 * Quantities that are computed from columns: expressions, and what is usual for jets.
 *
 * <p>Start at {@link org.jetfold.codec.derived.DerivedQuantities}.
 */
@NullMarked
package org.jetfold.codec.derived;

import org.jspecify.annotations.NullMarked;
