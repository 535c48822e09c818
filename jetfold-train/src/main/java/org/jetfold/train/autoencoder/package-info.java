/**
 * Training of autoencoders: presets, normalized jets, the network on libtorch, and what it does to
 * held-out jets. Start at {@link org.jetfold.train.autoencoder.AutoencoderTraining}.
 */
@NullMarked
package org.jetfold.train.autoencoder;

import org.jspecify.annotations.NullMarked;
