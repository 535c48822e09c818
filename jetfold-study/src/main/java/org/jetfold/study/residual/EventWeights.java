package org.jetfold.study.residual;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jspecify.annotations.Nullable;

/** The weight of each event, or row of a flat table; 1 where no column is named. */
public final class EventWeights {
  private final String name;
  private final int column;
  private long before;

  private EventWeights(String name, int column) {
    this.name = name;
    this.column = column;
  }

  /**
   * Finds the column.
   *
   * @param name as the user gave it; null for no weights
   * @param holder what the table is called in a message
   */
  public static EventWeights named(@Nullable String name, Schema schema, String holder)
      throws StudyException {
    if (name == null) {
      return new EventWeights("", -1);
    }
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    NamePattern pattern = NamePattern.parse(name);
    for (int number = 0; number < columns.size(); number++) {
      if (columns.get(number).fits(pattern)) {
        if (schema.groupOf(number) != 0) {
          throw new StudyException(
              "%s has many values in each event: a weight must be a value of the event"
                  .formatted(columns.get(number).path()));
        }
        return new EventWeights(columns.get(number).path(), number);
      }
    }
    throw new StudyException(
        "%s has no column called %s; %s"
            .formatted(holder, name, QualifiedColumn.near(name, columns)));
  }

  /**
   * The weights of a whole table's events, or of the rows of a flat one.
   *
   * @param name of the column; null for 1 each
   * @throws StudyException where there is no such column, or a weight is not finite
   */
  public static double[] of(@Nullable String name, Table table) throws StudyException {
    return named(name, table.schema(), "the table").of(table);
  }

  /** The column's number; −1 for none. */
  public int column() {
    return column;
  }

  /** The column's name; empty for none. */
  String name() {
    return name;
  }

  /**
   * The weights of the next piece's events, for each entry of one of its groups.
   *
   * @throws StudyException where a weight is not finite
   */
  public double[] ofEntries(Table piece, int group) throws StudyException {
    if (group == 0) {
      return of(piece);
    }
    double[] above = ofEntries(piece, piece.schema().parent(group));
    int[] offsets = piece.offsets(group);
    double[] weights = new double[piece.entries(group)];
    for (int i = 0; i < above.length; i++) {
      Arrays.fill(weights, offsets[i], offsets[i + 1], above[i]);
    }
    return weights;
  }

  /** The weights of the next entries of the root. */
  double[] of(Table piece) throws StudyException {
    int entries = piece.rootEntries();
    if (column < 0) {
      double[] ones = new double[entries];
      Arrays.fill(ones, 1);
      return ones;
    }
    double[] weights = Doubles.of(piece, column);
    for (int i = 0; i < entries; i++) {
      if (!Double.isFinite(weights[i])) {
        throw new StudyException(
            "%s is %s at entry %d: a weight must be a finite number"
                .formatted(name, weights[i], before + i));
      }
    }
    before += entries;
    return weights;
  }
}
