/**
 * The only place where Jetfold loses information: floats become integer symbols, within a bound
 * that is guaranteed value by value.
 *
 * <p>Start at {@link org.jetfold.codec.quantize.Quantizer}. {@link
 * org.jetfold.codec.quantize.BoundCheck} verifies its work and shares no code with it. The
 * mathematics, with proofs of the bounds, is in {@code docs/precision.md}.
 */
@NullMarked
package org.jetfold.codec.quantize;

import org.jspecify.annotations.NullMarked;
