/** Samples of tables that are too large for memory. */
@NullMarked
package org.jetfold.train.sampling;

import org.jspecify.annotations.NullMarked;
