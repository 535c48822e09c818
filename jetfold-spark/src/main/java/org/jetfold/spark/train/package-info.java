/** Draws events on the cluster, for models that are trained on the driver. */
@NullMarked
package org.jetfold.spark.train;

import org.jspecify.annotations.NullMarked;
