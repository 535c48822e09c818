/** Which columns of a data frame a table has, and back. */
@NullMarked
package org.jetfold.spark.frame;

import org.jspecify.annotations.NullMarked;
