package org.jetfold.study.picture;

import java.util.Locale;

/** The text of an SVG file that is being drawn. Lengths are in pixels, y downwards. */
final class SvgCanvas {
  private final StringBuilder svg = new StringBuilder();

  /** Adds a line as it stands. */
  void add(String line) {
    svg.append(line).append('\n');
  }

  /**
   * Writes words.
   *
   * @param style a class; empty for none
   * @param anchor which end is at x: start, middle or end
   */
  void text(String style, double x, double y, String anchor, String text) {
    add(
        "<text%s x=\"%s\" y=\"%s\"%s>%s</text>"
            .formatted(
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                number(x),
                number(y),
                anchor.equals("start") ? "" : " text-anchor=\"" + anchor + "\"",
                escaped(text)));
  }

  /** Writes words upwards that end or are centred at a place. */
  void upwards(double x, double y, String anchor, String text) {
    add(
        "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"%s\">%s</text>"
            .formatted(number(x), number(y), anchor, escaped(text)));
  }

  /** A length, to a tenth of a pixel. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A number at an axis. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e5 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.1e", value)
          .replaceFirst("\\.0e", "e")
          .replaceFirst("e([+-])0*", "e$1")
          .replace("e+", "e");
    }
    String decimal = String.format(Locale.ROOT, "%.4f", value);
    return decimal.replaceFirst("\\.?0+$", "");
  }

  /** A number at a logarithmic axis: large and small ones have powers of ten, as 2·10⁵. */
  static String power(double value) {
    if (value >= 1e-3 && value < 1e4) {
      return label(value);
    }
    String scientific = String.format(Locale.ROOT, "%.3e", value);
    int e = scientific.indexOf('e');
    String part = scientific.substring(0, e).replaceFirst("\\.?0+$", "");
    StringBuilder text = new StringBuilder(part.equals("1") ? "10" : part + "·10");
    Integer.toString(Integer.parseInt(scientific.substring(e + 1)))
        .chars()
        .forEach(digit -> text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0')));
    return text.toString();
  }

  /** All that was drawn. */
  String text() {
    return svg.toString();
  }
}
