/**
 * Double quantization: values that were rounded once and are binned, or rounded, again. {@code
 * docs/double-quantization.md} derives what is computed here.
 *
 * <p>Start at {@link org.jetfold.study.quantization.DoubleQuantization}; {@link
 * org.jetfold.study.quantization.QuantizationDetector} tells how values were rounded.
 */
@NullMarked
package org.jetfold.study.quantization;

import org.jspecify.annotations.NullMarked;
