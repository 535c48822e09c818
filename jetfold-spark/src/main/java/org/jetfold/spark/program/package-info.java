/** Programs that {@code spark-submit} runs. */
@NullMarked
package org.jetfold.spark.program;

import org.jspecify.annotations.NullMarked;
