package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.study.statistics.Histogram;
import org.jetfold.study.statistics.LogHistogram;

/**
 * A variable's distribution before and after, in the same bins.
 *
 * @param before of the original values
 * @param after of the restored values
 * @param migrations for each bin √Σw² of the values that crossed one of its edges, or that have no
 *     partner: before and after are the same events, so this is what chance makes of their
 *     difference
 */
public record SpectrumRatio(HistogramWindow before, HistogramWindow after, double[] migrations) {
  /** Fewer (effective) entries than this say nothing of a bin. */
  public static final int MIN_ENTRIES = 100;

  private static final int MAX_BINS = 80;
  private static final double OUTSIDE = 5e-4;

  /** Where the central 99.8 % span more than this factor, the axis is logarithmic. */
  private static final double WIDE = 20;

  static SpectrumRatio of(Spectrum spectrum, boolean positive) {
    boolean logarithmic = positive && isWide(spectrum.before().log());
    spectrum.align();
    Histogram before = spectrum.before().histogram(logarithmic);
    HistogramWindow.Span span = HistogramWindow.span(before, OUTSIDE, MAX_BINS);
    return new SpectrumRatio(
        HistogramWindow.of(before, span, logarithmic),
        HistogramWindow.of(spectrum.after().histogram(logarithmic), span, logarithmic),
        migrations(
            spectrum.moved().histogram(logarithmic),
            spectrum.alone().histogram(logarithmic),
            span));
  }

  private static boolean isWide(LogHistogram histogram) {
    HistogramWindow.Span central = HistogramWindow.span(histogram, 0.001, histogram.bins());
    return central.from() > 0
        && histogram.edge(central.to()) > WIDE * histogram.edge(central.from());
  }

  /** The sum of all that {@code moved} has below an edge is what crossed the edge. */
  private static double[] migrations(Histogram moved, Histogram alone, HistogramWindow.Span span) {
    double[] crossed = new double[moved.bins() + 1];
    for (int bin = 0; bin < moved.bins(); bin++) {
      crossed[bin + 1] = crossed[bin] + moved.weight(bin);
    }
    double[] migrations = new double[span.count()];
    for (int bin = span.from(); bin < span.to(); bin++) {
      migrations[(bin - span.from()) / span.joined()] += alone.weight(bin);
    }
    for (int bin = 0; bin < migrations.length; bin++) {
      int low = span.from() + bin * span.joined();
      int high = Math.min(low + span.joined(), span.to());
      // Differences of sums of weights may be below 0 by their last digit.
      double variance = migrations[bin] + Math.max(0, crossed[low]) + Math.max(0, crossed[high]);
      migrations[bin] = Math.sqrt(variance);
    }
    return migrations;
  }

  /** After over before in a bin; NaN where nothing was. */
  public double ratio(int bin) {
    return before.weights()[bin] == 0 ? Double.NaN : after.weights()[bin] / before.weights()[bin];
  }

  /** The relative statistical error of the original's bin: what another sample would differ by. */
  public double error(int bin) {
    return before.errors()[bin] / Math.abs(before.weights()[bin]);
  }

  /** The statistical error of the ratio. */
  public double errorOfRatio(int bin) {
    return migrations[bin] / Math.abs(before.weights()[bin]);
  }

  /** Whether a bin has enough entries for a limit to be checked on it. */
  public boolean hasEnoughEntries(int bin) {
    return error(bin) <= 1 / Math.sqrt(MIN_ENTRIES);
  }

  /** Of each bin with enough entries, ratio − 1 with its statistical error. */
  public List<BinValue> changes() {
    List<BinValue> changes = new ArrayList<>();
    for (int bin = 0; bin < before.weights().length; bin++) {
      if (hasEnoughEntries(bin)) {
        changes.add(new BinValue(ratio(bin) - 1, errorOfRatio(bin)));
      }
    }
    return changes;
  }

  /** The bins with enough entries that change by more than the original's statistical error. */
  public List<Integer> binsBeyondStatistics() {
    return IntStream.range(0, before.weights().length)
        .filter(this::hasEnoughEntries)
        .filter(bin -> Math.abs(ratio(bin) - 1) > error(bin))
        .boxed()
        .toList();
  }

  /** Whether before and after are the same. */
  public boolean isSame() {
    return Arrays.equals(before.weights(), after.weights())
        && before.below() == after.below()
        && before.above() == after.above();
  }

  /** The largest |ratio − 1| of the bins with enough entries; 0 where there is none. */
  public double largestChange() {
    return changes().stream().mapToDouble(change -> Math.abs(change.value())).max().orElse(0);
  }
}
