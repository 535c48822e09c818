package org.jetfold.study.quantization;

import java.util.Arrays;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/**
 * The histogram of values before they were rounded, estimated from the rounded ones. What is known
 * is how many values each cell had; where they were in it is not. They are spread over it by a
 * density that is positive, smooth inside and has their number as its integral: an exponential,
 * whose slope is that from the cell below to the one above. Then bins may begin and end anywhere in
 * a cell. Only cells with a bin's edge in them matter, since all others are in one bin as a whole.
 * Immutable; arrays are one value a bin, and copies.
 */
public final class SpreadCounts {
  private final double[] heights;
  private final double[] variances;
  private final double[] chances;

  private SpreadCounts(double[] heights, double[] variances, double[] chances) {
    this.heights = heights;
    this.variances = variances;
    this.chances = chances;
  }

  /**
   * Spreads rounded values.
   *
   * @param levels which levels there are
   * @param bins of the histogram, of any width: also narrower than cells
   * @param rounded the values, all of them levels
   * @param weights one for each value; null for 1 each
   */
  public static SpreadCounts of(
      Levels levels, Bins bins, double[] rounded, double @Nullable [] weights) {
    SplitCell[] cells = new SplitCell[bins.count() + 1];
    Arrays.setAll(cells, i -> SplitCell.at(bins.edge(i), levels));
    // Between two of these boundaries in turn are the values of one of the cells, or all between.
    double[] boundaries =
        Arrays.stream(cells).flatMapToDouble(SplitCell::boundaries).sorted().distinct().toArray();
    Bins parts = Bins.between(boundaries);
    Sums sums = new Sums(boundaries, parts.histogram(rounded, weights));
    Sums squares = new Sums(boundaries, parts.histogram(rounded, squares(weights)));
    double[] below = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      below[i] = cells[i].partBelow(sums, squares);
    }
    double[] heights = new double[bins.count()];
    double[] variances = new double[heights.length];
    double[] chances = new double[heights.length];
    for (int bin = 0; bin < heights.length; bin++) {
      SplitCell first = cells[bin];
      SplitCell last = cells[bin + 1];
      double inFirst = squares.between(first.level(), first.above());
      if (first.level() == last.level()) {
        double part = below[bin + 1] - below[bin];
        heights[bin] = part * sums.between(first.level(), first.above());
        variances[bin] = part * part * inFirst;
        chances[bin] = part * (1 - part) * inFirst;
      } else {
        double inLast = squares.between(last.level(), last.above());
        double of = 1 - below[bin];
        double to = below[bin + 1];
        heights[bin] =
            of * sums.between(first.level(), first.above())
                + sums.between(first.above(), last.level())
                + to * sums.between(last.level(), last.above());
        variances[bin] =
            of * of * inFirst + squares.between(first.above(), last.level()) + to * to * inLast;
        chances[bin] = of * (1 - of) * inFirst + to * (1 - to) * inLast;
      }
    }
    return new SpreadCounts(heights, variances, chances);
  }

  private static double @Nullable [] squares(double @Nullable [] weights) {
    return weights == null ? null : Arrays.stream(weights).map(w -> w * w).toArray();
  }

  /** The estimated heights. */
  public double[] heights() {
    return heights.clone();
  }

  /** The statistical errors of the heights. Those of neighbours are correlated. */
  public double[] errors() {
    return Arrays.stream(variances).map(Math::sqrt).toArray();
  }

  /**
   * By how much heights differ from those before rounding by chance alone, as one standard
   * deviation: values of a cell that an edge divides are on either side of it as they happen to be.
   */
  public double[] chances() {
    return Arrays.stream(chances).map(Math::sqrt).toArray();
  }

  /** χ² a bin of the differences from true heights, over bins in which chance leaves any. */
  public double pull(double[] original) {
    double sum = 0;
    int count = 0;
    for (int bin = 0; bin < chances.length; bin++) {
      if (chances[bin] > 0) {
        double difference = heights[bin] - original[bin];
        sum += difference * difference / chances[bin];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
