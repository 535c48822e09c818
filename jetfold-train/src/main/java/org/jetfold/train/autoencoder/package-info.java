/**
 * Training of autoencoders: presets, normalized jets, the network on libtorch, and its errors on a
 * validation set. Start at {@link org.jetfold.train.autoencoder.AutoencoderTraining}.
 */
@NullMarked
package org.jetfold.train.autoencoder;

import org.jspecify.annotations.NullMarked;
