/**
 * Apache Parquet, read and written by DuckDB, which runs inside the process and keeps nothing on
 * disk.
 */
@NullMarked
package org.jetfold.tables.parquet;

import org.jspecify.annotations.NullMarked;
