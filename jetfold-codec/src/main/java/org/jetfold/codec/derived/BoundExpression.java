package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * An expression whose names are columns of one group, or of those that the group lies in.
 *
 * @param group whose entries it has a value for
 * @param columns for each name of the expression, the number of its column
 */
record BoundExpression(Expression expression, int group, List<Integer> columns) {
  BoundExpression {
    columns = List.copyOf(columns);
  }

  /** This expression over a table. For one thread. */
  Reader over(Table table) {
    return new Reader(table);
  }

  /** Evaluates the expression for entries of a table. For one thread. */
  final class Reader {
    private final Schema schema;
    private final List<IntToDoubleFunction> inputs = new ArrayList<>();
    private final int[][] rows;
    private final double[] values;
    private final double[] derivatives;

    private Reader(Table table) {
      schema = table.schema();
      values = new double[columns.size()];
      derivatives = new double[columns.size()];
      rows = new int[columns.size()][];
      for (int i = 0; i < values.length; i++) {
        int column = columns.get(i);
        inputs.add(Doubles.reader(table, column));
        rows[i] = rows(table, schema.groupOf(column));
      }
    }

    double value(int entry) {
      read(entry);
      return expression.value(values);
    }

    /** Gives the derivatives at an entry of the expression's group, multiplied by a factor. */
    void derivatives(
        int entry, int quantityEntry, double factor, DerivedQuantity.DerivativeVisitor visitor) {
      read(entry);
      Arrays.fill(derivatives, 0);
      expression.addDerivatives(values, factor, derivatives);
      for (int i = 0; i < derivatives.length; i++) {
        visitor.visit(quantityEntry, columns.get(i), row(i, entry), derivatives[i]);
      }
    }

    private void read(int entry) {
      for (int i = 0; i < values.length; i++) {
        values[i] = inputs.get(i).applyAsDouble(row(i, entry));
      }
    }

    private int row(int input, int entry) {
      return rows[input].length == 0 ? entry : rows[input][entry];
    }

    /** For each entry of the expression's group, the entry of a group above; empty for its own. */
    private int[] rows(Table table, int above) {
      int[] of = {};
      for (int g = group; g != above; g = schema.parent(g)) {
        int[] offsets = table.offsets(g);
        int[] parents = new int[table.entries(g)];
        for (int i = 0; i + 1 < offsets.length; i++) {
          Arrays.fill(parents, offsets[i], offsets[i + 1], i);
        }
        if (g == group) {
          of = parents;
        } else {
          for (int i = 0; i < of.length; i++) {
            of[i] = parents[of[i]];
          }
        }
      }
      return of;
    }
  }
}
