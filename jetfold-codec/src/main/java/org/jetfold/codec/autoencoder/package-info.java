/**
 * Feed-forward autoencoders: what the field has tried (docs/autoencoder.md). A network squeezes the
 * normalized variables of a jet to a few latents, another makes variables of them again. Knows
 * numbers, not tables or files of tables; the same bits everywhere.
 */
@NullMarked
package org.jetfold.codec.autoencoder;

import org.jspecify.annotations.NullMarked;
