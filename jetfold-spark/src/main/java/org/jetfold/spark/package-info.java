/** Jetfold files as tables of Apache Spark, and programs that run there. */
@NullMarked
package org.jetfold.spark;

import org.jspecify.annotations.NullMarked;
