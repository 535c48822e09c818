package org.jetfold.study.picture;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * From values to places on the page.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from in pixels
 * @param to in pixels
 */
record SvgAxis(double low, double high, boolean logarithmic, double from, double to) {
  private static final int TICKS = 6;
  private static final int MAX_DECADES = 8;

  /** With fewer decades, there are ticks at 2 and 5 times their powers, too. */
  private static final int FEW_DECADES = 3;

  /** Whether a value has a place at all. */
  boolean shows(double value) {
    return Double.isFinite(value) && (value > 0 || !logarithmic);
  }

  /** A value's place; what is outside is at the nearer end. */
  double at(double value) {
    double part =
        logarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + Math.clamp(part, 0, 1) * (to - from);
  }

  /** Round values to write at the axis. */
  double[] ticks() {
    return logarithmic ? decades() : steps();
  }

  private double[] decades() {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    if (Math.log10(high / low) < 1) {
      return steps();
    }
    int every = (last - first) / MAX_DECADES + 1;
    double[] parts =
        Math.log10(high / low) < FEW_DECADES ? new double[] {1, 2, 5} : new double[] {1};
    DoubleStream.Builder ticks = DoubleStream.builder();
    for (int decade = first; decade <= last; decade++) {
      if (decade % every == 0) {
        for (double part : parts) {
          ticks.add(part * Math.pow(10, decade));
        }
      }
    }
    return Arrays.stream(ticks.build().toArray())
        .filter(tick -> tick >= low && tick <= high)
        .toArray();
  }

  private double[] steps() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
    long first = (long) Math.ceil(low / step);
    long last = (long) Math.floor(high / step);
    double[] ticks = new double[(int) Math.max(0, last - first + 1)];
    Arrays.setAll(ticks, i -> (first + i) * step);
    return ticks;
  }
}
