/**
 * Training of learned models on libtorch: {@link org.jetfold.train.density.DensityTraining} trains
 * density models, {@link org.jetfold.train.autoencoder.AutoencoderTraining} autoencoders.
 *
 * <p>The result is a model and nothing else: coding with it is deterministic and does not need this
 * module. Classes that use libtorch are loaded when a training starts, so that a program that never
 * trains runs without libtorch.
 */
@NullMarked
package org.jetfold.train;

import org.jspecify.annotations.NullMarked;
