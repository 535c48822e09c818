/** Trains what codes the latents of autoencoders. */
@NullMarked
package org.jetfold.train.prior;

import org.jspecify.annotations.NullMarked;
