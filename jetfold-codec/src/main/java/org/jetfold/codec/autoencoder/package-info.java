/**
 * Autoencoders (docs/autoencoder.md), perhaps recurrent over the jets of an event. A network maps
 * the normalized variables of a jet to a few latents, another maps these back to variables. Works
 * on numbers, not on tables or files of tables; gives the same bits everywhere.
 */
@NullMarked
package org.jetfold.codec.autoencoder;

import org.jspecify.annotations.NullMarked;
