package org.jetfold.codec.derived;

import java.util.List;
import org.jetfold.codec.table.Table;

/** A quantity of each entry of a group, an expression of the entry's columns. */
record EntryQuantity(String name, BoundExpression expression) implements DerivedQuantity {
  @Override
  public String formula() {
    return expression.expression().toString();
  }

  @Override
  public int group() {
    return expression.group();
  }

  @Override
  public List<Integer> columns() {
    return expression.columns().stream().distinct().sorted().toList();
  }

  @Override
  public double[] values(Table table) {
    BoundExpression.Reader reader = expression.over(table);
    double[] values = new double[table.entries(group())];
    for (int i = 0; i < values.length; i++) {
      values[i] = reader.value(i);
    }
    return values;
  }

  @Override
  public void derivatives(Table table, DerivativeVisitor visitor) {
    BoundExpression.Reader reader = expression.over(table);
    for (int i = 0; i < table.entries(group()); i++) {
      reader.derivatives(i, i, 1, visitor);
    }
  }
}
