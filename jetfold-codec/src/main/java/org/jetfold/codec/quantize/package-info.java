/** Quantizers, one a precision setting: the only place that loses information. */
@NullMarked
package org.jetfold.codec.quantize;

import org.jspecify.annotations.NullMarked;
