/** Writes data frames as {@code .jetf} files, all of them or none. */
@NullMarked
package org.jetfold.spark.write;

import org.jspecify.annotations.NullMarked;
