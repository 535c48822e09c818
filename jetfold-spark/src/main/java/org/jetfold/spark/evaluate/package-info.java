/** Compares restored tables with their originals on the cluster. */
@NullMarked
package org.jetfold.spark.evaluate;

import org.jspecify.annotations.NullMarked;
