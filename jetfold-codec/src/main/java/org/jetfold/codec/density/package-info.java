/**
 * The learned entropy model: a masked autoregressive network that adapts each column's distribution
 * to what is known of the row and its event (docs/density.md). Works on symbols; knows nothing of
 * values, quantizers or files of tables.
 */
@NullMarked
package org.jetfold.codec.density;

import org.jspecify.annotations.NullMarked;
