/** Fields of a file: little-endian integers, variable-length integers, strings. */
@NullMarked
package org.jetfold.codec.bytes;

import org.jspecify.annotations.NullMarked;
