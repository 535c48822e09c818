/**
 * Training of learned models on libtorch: {@link org.jetfold.train.density.DensityTraining} of
 * density models, {@link org.jetfold.train.autoencoder.AutoencoderTraining} of autoencoders, both
 * by the {@linkplain org.jetfold.train.descent same descent}.
 *
 * <p>Gives a model and nothing else: what codes with it is deterministic and knows nothing of this
 * module. Classes that touch libtorch are loaded when training starts, so that a program that never
 * trains runs where it is missing.
 */
@NullMarked
package org.jetfold.train;

import org.jspecify.annotations.NullMarked;
