/**
 * The way of the data, block by block: a table is cut into segments and blocks of whole events,
 * each column quantized, modelled, coded and checked; and the way back.
 */
@NullMarked
package org.jetfold.codec.pipeline;

import org.jspecify.annotations.NullMarked;
