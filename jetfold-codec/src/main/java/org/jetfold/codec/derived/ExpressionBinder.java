package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;

/** Finds the columns of a table that the names of an expression mean. Immutable. */
final class ExpressionBinder {
  private final Schema schema;
  private final List<QualifiedColumn> columns;

  ExpressionBinder(Schema schema) {
    this.schema = schema;
    columns = QualifiedColumn.all(schema);
  }

  /**
   * Finds the columns of an expression.
   *
   * @param quantity what messages begin with
   * @throws DerivedQuantityException where a name is that of no column or of several, the columns
   *     do not go together, or there is none
   */
  BoundExpression bind(String quantity, Expression expression) {
    List<Integer> numbers = new ArrayList<>();
    int group = 0;
    for (String name : expression.names()) {
      int column = column(quantity, name);
      numbers.add(column);
      int own = schema.groupOf(column);
      if (lineage(own).contains(group)) {
        group = own;
      }
    }
    Set<Integer> above = lineage(group);
    for (int number : numbers) {
      if (!above.contains(schema.groupOf(number))) {
        throw new DerivedQuantityException(
            "%s: the columns %s and %s are of different collections"
                .formatted(
                    quantity, columns.get(numbers.getFirst()).path(), columns.get(number).path()));
      }
    }
    if (numbers.isEmpty()) {
      throw new DerivedQuantityException(
          "%s: the expression %s has no column".formatted(quantity, expression));
    }
    return new BoundExpression(expression, group, numbers);
  }

  /** A group and those that it lies in. */
  private Set<Integer> lineage(int group) {
    Set<Integer> lineage = new TreeSet<>();
    for (int above = group; above >= 0; above = schema.parent(above)) {
      lineage.add(above);
    }
    return lineage;
  }

  private int column(String quantity, String name) {
    List<Integer> found = new ArrayList<>();
    for (int number = 0; number < columns.size(); number++) {
      if (columns.get(number).names().contains(name)) {
        found.add(number);
      }
    }
    if (found.isEmpty()) {
      throw new DerivedQuantityException(
          "%s: no column is called %s: %s"
              .formatted(quantity, name, QualifiedColumn.near(name, columns)));
    }
    if (found.size() > 1) {
      throw new DerivedQuantityException(
          "%s: %d columns are called %s: put the collection's name before it, as in %s"
              .formatted(quantity, found.size(), name, columns.get(found.getFirst()).path()));
    }
    return found.getFirst();
  }
}
