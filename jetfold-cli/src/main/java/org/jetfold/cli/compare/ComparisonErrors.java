package org.jetfold.cli.compare;

import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jetfold.study.report.ComparisonReport;
import org.jetfold.study.statistics.Moments;

/**
 * Errors over all values of the columns that may lose bits, so that settings of different kinds can
 * be compared: relative to the value (zeros left out), and relative to the column's spread, its
 * standard deviation.
 */
final class ComparisonErrors {
  private final Table original;
  private final List<Boolean> lossy;
  private final double[] spreads;

  ComparisonErrors(Table original, List<Boolean> lossy) {
    this.original = original;
    this.lossy = lossy;
    spreads = new double[lossy.size()];
    for (int column = 0; column < spreads.length; column++) {
      spreads[column] = lossy.get(column) ? spread(original.values(column)) : 0;
    }
  }

  /** The standard deviation of the finite values. */
  static double spread(ColumnValues values) {
    Moments moments = new Moments();
    for (double value : Doubles.of(values)) {
      if (Double.isFinite(value)) {
        moments.add(value, 1);
      }
    }
    return moments.count() == 0 ? 0 : moments.deviation();
  }

  ComparisonReport.ErrorSizes of(Table restored) {
    Moments relative = new Moments();
    Moments spread = new Moments();
    for (int column = 0; column < spreads.length; column++) {
      if (!lossy.get(column)) {
        continue;
      }
      double[] before = Doubles.of(original, column);
      double[] after = Doubles.of(restored, column);
      for (int i = 0; i < before.length; i++) {
        double was = before[i];
        double error = Math.abs(after[i] - was);
        if (Double.isFinite(error)) {
          if (was != 0) {
            relative.add(error / Math.abs(was), 1);
          }
          if (spreads[column] > 0) {
            spread.add(error / spreads[column], 1);
          }
        }
      }
    }
    return new ComparisonReport.ErrorSizes(
        mean(relative), relative.largest(), mean(spread), spread.largest());
  }

  private static double mean(Moments moments) {
    return moments.count() == 0 ? 0 : moments.mean();
  }

  /** The values of all columns. */
  static long values(Table table) {
    long values = 0;
    for (int column = 0; column < table.schema().columns().size(); column++) {
      values += table.values(column).size();
    }
    return values;
  }

  /** All values in plain arrays. */
  static long rawBytes(Table table) {
    long bytes = 0;
    for (int column = 0; column < table.schema().columns().size(); column++) {
      bytes +=
          (long) table.values(column).size() * table.schema().columns().get(column).type().bytes();
    }
    return bytes;
  }
}
