package org.jetfold.study.bumphunt;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;

/** The value of a column of the root group. */
record ColumnValue(int column, String name) implements Observable {
  @Override
  public List<Integer> columns() {
    return List.of(column);
  }

  @Override
  public double[] values(Table table) {
    return asDoubles(table.values(column));
  }

  /** Any column's values as doubles. */
  static double[] asDoubles(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Doubles(double[] doubles) -> doubles;
      case ColumnValues.Integers(long[] integers) ->
          Arrays.stream(integers).asDoubleStream().toArray();
      case ColumnValues.Floats(float[] floats) -> {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = floats[i];
        }
        yield doubles;
      }
    };
  }

  @Override
  public String label() {
    return name;
  }

  @Override
  public Observable of(Schema schema) throws StudyException {
    return Observable.column(schema, name);
  }
}
