package org.jetfold.study.quantization;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/**
 * What rounding does to histograms of one range with different numbers of bins: as counted, and as
 * the levels alone predict.
 *
 * @param rows one for each number of bins, rising
 */
public record BinScan(List<Row> rows) {
  /** A width is a whole multiple of a distance of levels where the quotient is this near to one. */
  private static final double TOLERANCE = 1e-6;

  /** Copies the list. */
  public BinScan {
    rows = List.copyOf(rows);
  }

  /**
   * A histogram.
   *
   * @param bins how many bins it has
   * @param width of each
   * @param counted RMS of the relative changes of the bins' heights, weighted by the heights
   * @param predicted the same of the heights before, multiplied by the factors of the bins' levels
   * @param lowestFactor that of the deepest trough
   * @param highestFactor that of the highest peak
   * @param isMagic whether the width is a whole multiple of every distance of levels in the range,
   *     so that all bins hold as many levels as they should
   */
  public record Row(
      int bins,
      double width,
      double counted,
      double predicted,
      double lowestFactor,
      double highestFactor,
      boolean isMagic) {}

  /**
   * Scans numbers of bins.
   *
   * @param levels that are left after rounding
   * @param low the lower end of all histograms
   * @param high their upper end
   * @param fewest the smallest number of bins
   * @param most the largest one
   * @param before the values before rounding
   * @param after the values after it
   * @param weights one for each value; null for 1 each
   * @throws IllegalArgumentException where the bins would be narrower than numbers can be
   */
  public static BinScan of(
      Levels levels,
      double low,
      double high,
      int fewest,
      int most,
      double[] before,
      double[] after,
      double @Nullable [] weights) {
    List<Row> rows = new ArrayList<>();
    for (int count = fewest; count <= most; count++) {
      Bins bins = Bins.uniform(low, high, count);
      DoubleQuantization peaks = DoubleQuantization.of(levels, bins);
      double[] heights = bins.histogram(before, weights);
      double lowest = Double.POSITIVE_INFINITY;
      double highest = 0;
      for (int bin = 0; bin < count; bin++) {
        lowest = Math.min(lowest, peaks.factor(bin));
        highest = Math.max(highest, peaks.factor(bin));
      }
      rows.add(
          new Row(
              count,
              bins.width(0),
              DoubleQuantization.deviation(bins.histogram(after, weights), heights),
              DoubleQuantization.deviation(
                  /* heights= */ peaks.predicted(heights), /* expected= */ heights),
              lowest,
              highest,
              isMagic(levels, bins)));
    }
    return new BinScan(rows);
  }

  private static boolean isMagic(Levels levels, Bins bins) {
    double width = (bins.high() - bins.low()) / bins.count();
    for (int bin = 0; bin < bins.count(); bin++) {
      for (double place : new double[] {bins.edge(bin), bins.center(bin)}) {
        double multiple = width / levels.spacing(place);
        boolean isWhole = Math.abs(multiple - Math.rint(multiple)) <= TOLERANCE * multiple;
        if (!(isWhole && Math.rint(multiple) >= 1)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The numbers of bins that are magic. */
  public List<Integer> magicNumbers() {
    return rows.stream().filter(Row::isMagic).map(Row::bins).toList();
  }
}
