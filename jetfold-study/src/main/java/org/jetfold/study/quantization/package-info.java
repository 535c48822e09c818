/**
 * Double quantization: values that were rounded once and are binned, or rounded, again. {@code
 * docs/double-quantization.md} derives what is computed here.
 *
 * <p>Start at {@link org.jetfold.study.quantization.DoubleQuantization}; {@link
 * org.jetfold.codec.detection.QuantizationDetector} tells how values were quantized.
 */
@NullMarked
package org.jetfold.study.quantization;

import org.jspecify.annotations.NullMarked;
