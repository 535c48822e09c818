package org.jetfold.study.report;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Numbers {
  private Numbers() {}

  /** Three significant digits: 0.00397, 1.22e-5; a dash where there is no number. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    double size = Math.abs(value);
    String text =
        size >= 1e-4 && size < 1e6
            ? String.format(
                Locale.ROOT,
                "%." + Math.max(0, 2 - (int) Math.floor(Math.log10(size))) + "f",
                value)
            : String.format(Locale.ROOT, "%.2e", value).replaceFirst("e([+-])0?", "e$1");
    return text.replace("e+", "e").replace('-', '−').replace("e−", "e-");
  }

  /** A part of a whole. */
  static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent > 0 && percent < 0.05
        ? "< 0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** A count with its noun. */
  static String count(long count, String singular) {
    return String.format(Locale.ROOT, "%,d %s%s", count, singular, count == 1 ? "" : "s");
  }
}
