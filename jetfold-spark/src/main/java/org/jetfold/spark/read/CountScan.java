package org.jetfold.spark.read;

import java.util.Collections;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The number of rows, from the index of the files alone: one row, in which each column is it. */
final class CountScan implements LocalScan {
  private final long rows;
  private final int columns;

  /** A scan that gives a number in some columns. */
  CountScan(long rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public StructType readSchema() {
    StructType schema = new StructType();
    for (int column = 0; column < columns; column++) {
      schema = schema.add("count" + column, DataTypes.LongType, false);
    }
    return schema;
  }

  @Override
  public InternalRow[] rows() {
    return new InternalRow[] {
      new GenericInternalRow(Collections.nCopies(columns, (Object) rows).toArray())
    };
  }

  @Override
  public String description() {
    return "jetfold: the number of rows, from the index of the files";
  }
}
