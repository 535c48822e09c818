package org.jetfold.study.residual;

import java.util.Arrays;
import org.jetfold.study.statistics.Histogram;
import org.jetfold.study.statistics.LogHistogram;

/**
 * The part of a histogram that holds nearly all entries, with neighbouring bins joined until there
 * are few enough for a picture.
 *
 * @param edges one more than there are bins
 * @param weights of each bin
 * @param errors the statistical error √Σw² of each bin
 * @param below the weight of what is left of the picture
 * @param above the weight of what is right of it
 * @param logarithmic whether the axis is
 */
public record HistogramWindow(
    double[] edges,
    double[] weights,
    double[] errors,
    double below,
    double above,
    boolean logarithmic) {

  /** Where a picture starts and ends in a histogram, and how many of its bins make one here. */
  record Span(int from, int to, int joined) {
    int count() {
      return ceil(to - from, joined);
    }
  }

  /**
   * The bins between which all but a part of the entries lies. Of weighted ones, the effective
   * entries w²/Σw² of each bin: so the tail of a steep spectrum is shown as far as it is known.
   *
   * @param outside the part of the entries that may be left out on either side
   * @param maxBins how many bins there may be
   */
  static Span span(Histogram histogram, double outside, int maxBins) {
    double total = 0;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      total += entries(histogram, bin);
    }
    int from = 0;
    int to = histogram.bins();
    double sum = 0;
    while (from < to - 1 && sum + entries(histogram, from) <= outside * total) {
      sum += entries(histogram, from++);
    }
    sum = 0;
    while (to > from + 1 && sum + entries(histogram, to - 1) <= outside * total) {
      sum += entries(histogram, --to);
    }
    int joined = 1;
    while (ceil(to, joined) - from / joined > maxBins) {
      joined *= 2;
    }
    return new Span(
        from / joined * joined, Math.min(ceil(to, joined) * joined, histogram.bins()), joined);
  }

  private static double entries(Histogram histogram, int bin) {
    double weight = histogram.weight(bin);
    return weight == 0 ? 0 : weight * weight / histogram.squaredWeight(bin);
  }

  private static int ceil(int number, int unit) {
    return (number + unit - 1) / unit;
  }

  /**
   * The part of a histogram that holds all but some of its entries.
   *
   * @param outside the part of the entries that may be left out on either side
   * @param maxBins how many bins there may be
   */
  public static HistogramWindow of(
      Histogram histogram, double outside, int maxBins, boolean logarithmic) {
    return of(histogram, span(histogram, outside, maxBins), logarithmic);
  }

  /**
   * All positive values of a logarithmic histogram, from the first bin that holds one: its very
   * first bin, of zeros and next to nothing, is left out where others hold anything.
   *
   * @param maxBins how many bins there may be
   */
  public static HistogramWindow ofPositive(LogHistogram histogram, int maxBins) {
    int from = 1;
    int to = histogram.bins();
    while (from < to && histogram.weight(from) == 0) {
      from++;
    }
    while (to > from && histogram.weight(to - 1) == 0) {
      to--;
    }
    if (from == to) {
      return of(histogram, 0, maxBins, true);
    }
    int joined = 1;
    while (ceil(to - from, joined) > maxBins) {
      joined *= 2;
    }
    return of(histogram, new Span(from, to, joined), true);
  }

  static HistogramWindow of(Histogram histogram, Span span, boolean logarithmic) {
    int count = span.count();
    double[] edges = new double[count + 1];
    double[] weights = new double[count];
    double[] errors = new double[count];
    double below = 0;
    double above = 0;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      if (bin < span.from) {
        below += histogram.weight(bin);
      } else if (bin >= span.to) {
        above += histogram.weight(bin);
      } else {
        int to = (bin - span.from) / span.joined;
        weights[to] += histogram.weight(bin);
        errors[to] += histogram.squaredWeight(bin);
      }
    }
    Arrays.setAll(errors, bin -> Math.sqrt(errors[bin]));
    Arrays.setAll(edges, i -> histogram.edge(Math.min(span.from + i * span.joined, span.to)));
    return new HistogramWindow(edges, weights, errors, below, above, logarithmic);
  }
}
