/**
 * What a program sees of a {@code .jetf} file: its bytes, its header, its index, and what may be
 * wrong with it.
 */
@NullMarked
package org.jetfold.codec.file;

import org.jspecify.annotations.NullMarked;
