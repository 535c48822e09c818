/**
 * What every training has: mini-batches, gradients on several threads, the optimizer, judgements by
 * held-out events, and checkpoints.
 */
@NullMarked
package org.jetfold.train.descent;

import org.jspecify.annotations.NullMarked;
