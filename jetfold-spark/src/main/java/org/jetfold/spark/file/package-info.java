/** Files and models on the file systems that Spark knows. */
@NullMarked
package org.jetfold.spark.file;

import org.jspecify.annotations.NullMarked;
