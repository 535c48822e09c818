/**
 * Arithmetic of neural networks that gives the same bits on every machine (docs/determinism.md).
 * Knows nothing of tables, symbols or files.
 *
 * <p>Only {@code + − × ÷}, fused multiply-add, comparisons and conversions to and from integers are
 * used, in an order that is fixed for every single output; SIMD lanes go across rows, never across
 * a sum.
 */
@NullMarked
package org.jetfold.codec.network;

import org.jspecify.annotations.NullMarked;
