package org.jetfold.study.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Rows drawn at random from a table that goes by, all with the same chance (a reservoir). Rows with
 * a NaN or an infinity are passed over. Not thread-safe.
 */
public final class RowSample {
  private final int[] columns;
  private final double[] @Nullable [] rows;
  private final SplittableRandom random;
  private final WeightedRows weighted;
  private long seen;
  private long passedOver;

  /**
   * A sample of a table.
   *
   * @param columns of one group
   * @param most rows to keep
   * @param seed where random numbers start
   */
  public RowSample(int[] columns, int most, long seed) {
    this.columns = columns.clone();
    rows = new double[most][];
    random = new SplittableRandom(seed);
    weighted = new WeightedRows(most, random);
  }

  /** Shows it more of the table. */
  public void add(Table piece) {
    add(piece, null);
  }

  /**
   * Shows it more of the table, whose rows are drawn with a chance proportional to the size of
   * their weights.
   *
   * @param weights one for each row; null for all alike
   */
  public void add(Table piece, double @Nullable [] weights) {
    int group = piece.schema().groupOf(columns[0]);
    List<IntToDoubleFunction> values =
        Arrays.stream(columns).mapToObj(column -> Doubles.reader(piece, column)).toList();
    for (int entry = 0; entry < piece.entries(group); entry++) {
      double[] row = new double[columns.length];
      boolean finite = true;
      for (int i = 0; i < row.length; i++) {
        row[i] = values.get(i).applyAsDouble(entry);
        finite &= Double.isFinite(row[i]);
      }
      if (finite && weights != null) {
        weighted.add(row, weights[entry]);
      } else if (finite) {
        long place = seen < rows.length ? seen : random.nextLong(seen + 1);
        seen++;
        if (place < rows.length) {
          rows[(int) place] = row;
        }
      } else {
        passedOver++;
      }
    }
  }

  /** How many rows could not be used. */
  public long passedOver() {
    return passedOver;
  }

  /** The values of each column, in the order of the columns: an array a column. */
  public double[][] columns() {
    List<double[]> kept = new ArrayList<>(weighted.rows());
    for (int row = 0; row < Math.min(seen, rows.length); row++) {
      double[] own = rows[row];
      if (own != null) {
        kept.add(own);
      }
    }
    double[][] all = new double[columns.length][kept.size()];
    for (int row = 0; row < kept.size(); row++) {
      for (int i = 0; i < columns.length; i++) {
        all[i][row] = kept.get(row)[i];
      }
    }
    return all;
  }
}
