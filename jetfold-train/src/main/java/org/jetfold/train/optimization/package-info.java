/**
 * What every training has: mini-batches, gradients on several threads, the optimizer, a validation
 * set, and checkpoints.
 */
@NullMarked
package org.jetfold.train.optimization;

import org.jspecify.annotations.NullMarked;
