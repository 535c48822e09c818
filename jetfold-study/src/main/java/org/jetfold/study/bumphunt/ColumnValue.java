package org.jetfold.study.bumphunt;

import java.util.List;
import org.jetfold.codec.table.Doubles;
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
    return Doubles.of(table, column);
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
