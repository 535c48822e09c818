/**
 * Training of density models: samples of tables, the network on libtorch, and the rounding of its
 * weights. Start at {@link org.jetfold.train.density.DensityTraining}.
 */
@NullMarked
package org.jetfold.train.density;

import org.jspecify.annotations.NullMarked;
