/** How the values of a column were quantized before, found from the values alone. */
@NullMarked
package org.jetfold.codec.detection;

import org.jspecify.annotations.NullMarked;
