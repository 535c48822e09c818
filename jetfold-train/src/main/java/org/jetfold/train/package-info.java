/**
 * Training of learned models on libtorch. Start at {@link org.jetfold.train.Training}.
 *
 * <p>Gives a model and nothing else: what codes with it is deterministic and knows nothing of this
 * package. Classes that touch libtorch are loaded when training starts, so that a program that
 * never trains runs where it is missing.
 */
@NullMarked
package org.jetfold.train;

import org.jspecify.annotations.NullMarked;
