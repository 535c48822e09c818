package org.jetfold.study.residual;

import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jetfold.study.matching.Angles;

/**
 * The same events of both tables, with the values that belong together.
 *
 * @param rows for each group of the original which rows belong together
 * @param before for each column that is in both tables the original's values
 * @param after the restored values
 * @param differences x̂ − x; of azimuths, wrapped
 */
record ComparedPiece(
    Table original,
    Table restored,
    List<RowPairs> rows,
    double[][] before,
    double[][] after,
    double[][] differences) {

  static ComparedPiece of(
      List<ColumnPair> pairs, Table original, Table restored, List<RowPairs> rows) {
    double[][] before = new double[pairs.size()][];
    double[][] after = new double[pairs.size()][];
    double[][] differences = new double[pairs.size()][];
    IntStream.range(0, pairs.size())
        .parallel()
        .forEach(number -> {
          ColumnPair pair = pairs.get(number);
          RowPairs own = rows.get(pair.group());
          before[number] = own.originals(Doubles.of(original, pair.original()));
          after[number] = own.restoreds(Doubles.of(restored, pair.restored()));
          differences[number] = differences(before[number], after[number], pair.isAzimuth());
        });
    return new ComparedPiece(original, restored, rows, before, after, differences);
  }

  private static double[] differences(double[] before, double[] after, boolean azimuth) {
    double[] differences = new double[before.length];
    for (int row = 0; row < before.length; row++) {
      double difference = after[row] - before[row];
      differences[row] = azimuth ? Angles.wrapped(difference) : difference;
    }
    return differences;
  }

  /** The residuals of a column; 0 where they are not defined. */
  double[] residuals(int number, boolean relative) {
    double[] residuals = differences[number].clone();
    for (int row = 0; row < residuals.length; row++) {
      double own = relative ? residuals[row] / before[number][row] : residuals[row];
      residuals[row] = Double.isFinite(own) ? own : 0;
    }
    return residuals;
  }

  RowPairs rows(int group) {
    return rows.get(group);
  }
}
