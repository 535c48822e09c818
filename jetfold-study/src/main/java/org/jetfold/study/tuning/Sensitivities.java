package org.jetfold.study.tuning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantity;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * How much errors of columns move a quantity: S with (RMS of δq)² = Σ S·σ² over the columns, for
 * independent errors of all values, σ the RMS of a column's error. From the derivatives of the
 * quantity at each of its values, which automatic differentiation gives. Immutable.
 */
public final class Sensitivities {
  private final DerivedQuantity quantity;
  private final boolean relative;
  private final ErrorUnit units;

  /** In which unit errors of columns are told. */
  @FunctionalInterface
  public interface ErrorUnit {
    /** How large an error of 1 is: 1 where errors are absolute, the value where relative. */
    double at(int column, double value);
  }

  /**
   * The sensitivities of a quantity.
   *
   * @param relative whether δq is relative to q
   */
  Sensitivities(DerivedQuantity quantity, boolean relative, ErrorUnit units) {
    this.quantity = quantity;
    this.relative = relative;
    this.units = units;
  }

  /**
   * The sensitivities of a quantity that is computed from a table's jets.
   *
   * @param name of the quantity, as docs/derived.md has it
   * @param relative whether δq is relative to q
   * @throws org.jetfold.codec.derived.DerivedQuantityException where the jets have no such quantity
   */
  public static Sensitivities named(Schema schema, String name, boolean relative, ErrorUnit units) {
    DerivedQuantity quantity = new DerivedQuantities(schema, null, List.of()).find(name);
    return new Sensitivities(quantity, relative, units);
  }

  /**
   * The means over the values at which all derivatives are finite.
   *
   * @param weights of the table's events, or rows; their magnitudes count
   * @return one for each column of the table; 0 where the quantity does not depend on it
   */
  public double[] of(Table table, double[] weights) {
    Sums sums = new Sums(table, weightsOf(table, quantity.group(), weights));
    quantity.derivatives(table, sums::add);
    sums.endEntry();
    return sums.means();
  }

  private static double[] weightsOf(Table table, int group, double[] ofEvents) {
    if (group == 0) {
      return ofEvents;
    }
    double[] ofParents = weightsOf(table, table.schema().parent(group), ofEvents);
    double[] weights = new double[table.entries(group)];
    int[] offsets = table.offsets(group);
    for (int parent = 0; parent + 1 < offsets.length; parent++) {
      Arrays.fill(weights, offsets[parent], offsets[parent + 1], ofParents[parent]);
    }
    return weights;
  }

  /** The squares of the slopes, summed. A value that is met several times has one slope. */
  private final class Sums {
    private final double[] values;
    private final double[][] columns;
    private final double[] weights;
    private final double[] squares;
    private final Map<Long, Double> slopes = new HashMap<>();
    private int entry = -1;
    private double total;

    Sums(Table table, double[] weights) {
      this.weights = weights;
      values = quantity.values(table);
      squares = new double[table.schema().columns().size()];
      columns = new double[squares.length][];
      for (int column : quantity.columns()) {
        columns[column] = Doubles.of(table, column);
      }
    }

    void add(int ofEntry, int column, int row, double derivative) {
      if (ofEntry != entry) {
        endEntry();
        entry = ofEntry;
      }
      double slope = derivative * units.at(column, columns[column][row]);
      slopes.merge(((long) column << 32) | row, slope, Double::sum);
    }

    void endEntry() {
      double scale = relative && entry >= 0 ? 1 / values[entry] : 1;
      double[] own = new double[squares.length];
      boolean counts = !slopes.isEmpty();
      for (Map.Entry<Long, Double> slope : slopes.entrySet()) {
        double scaled = slope.getValue() * scale;
        counts &= Double.isFinite(scaled);
        own[(int) (slope.getKey() >> 32)] += scaled * scaled;
      }
      if (counts) {
        double weight = Math.abs(weights[entry]);
        total += weight;
        for (int column = 0; column < own.length; column++) {
          squares[column] += weight * own[column];
        }
      }
      slopes.clear();
    }

    double[] means() {
      return Arrays.stream(squares).map(square -> total > 0 ? square / total : 0).toArray();
    }
  }
}
