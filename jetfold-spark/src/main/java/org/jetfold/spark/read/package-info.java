/** Reads {@code .jetf} files block by block, several tasks at a time. */
@NullMarked
package org.jetfold.spark.read;

import org.jspecify.annotations.NullMarked;
