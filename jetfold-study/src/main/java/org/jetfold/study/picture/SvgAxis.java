package org.jetfold.study.picture;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * From values to places on the page.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from in pixels
 * @param to in pixels
 * @param centred whether linear ticks are counted from the middle
 */
record SvgAxis(
    double low, double high, boolean logarithmic, double from, double to, boolean centred) {
  private static final int TICKS = 6;
  private static final int MAX_DECADES = 8;

  /** With fewer decades, there are ticks at 2 and 5 times their powers, too. */
  private static final int FEW_DECADES = 3;

  /** Fewer ticks do not tell a scale. */
  private static final int MIN_TICKS = 3;

  SvgAxis(double low, double high, boolean logarithmic, double from, double to) {
    this(low, high, logarithmic, from, to, false);
  }

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

  /** A linear axis with a value in its middle, and ticks there and on both sides. */
  static SvgAxis around(double middle, double half, double from, double to) {
    return new SvgAxis(middle - half, middle + half, false, from, to, true);
  }

  /** Round values to write at the axis. */
  double[] ticks() {
    return logarithmic ? decades() : steps();
  }

  /** The text of a tick. */
  String label(double tick) {
    if (logarithmic) {
      return SvgCanvas.power(tick);
    }
    if (!centred) {
      return SvgCanvas.label(tick);
    }
    // As many digits as tell neighbours apart: 1.00002 at an axis around 1.
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step())));
    return String.format(Locale.ROOT, "%." + digits + "f", tick)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }

  /** Powers of ten; where there are few, also multiples of them. */
  private double[] decades() {
    double span = Math.log10(high / low);
    if (span >= FEW_DECADES) {
      return multiples(1);
    }
    double[] some = multiples(1, 2, 5);
    double[] more = some.length < MIN_TICKS ? multiples(1, 2, 3, 5, 7) : some;
    return more.length < MIN_TICKS ? steps() : more;
  }

  private double[] multiples(double... parts) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int inside = (int) (Math.floor(Math.log10(high)) - Math.ceil(Math.log10(low)) + 1);
    int every = Math.max(1, (inside + MAX_DECADES - 1) / MAX_DECADES);
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

  private double step() {
    // Two ticks on either side of a middle are enough.
    double rough = (high - low) / (centred ? 3.2 : TICKS);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return power
        * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
  }

  private double[] steps() {
    double step = step();
    double origin = centred ? (low + high) / 2 : 0;
    long first = (long) Math.ceil((low - origin) / step);
    long last = (long) Math.floor((high - origin) / step);
    double[] ticks = new double[(int) Math.max(0, last - first + 1)];
    Arrays.setAll(ticks, i -> origin + (first + i) * step);
    return ticks;
  }
}
