package org.jetfold.study.picture;

import java.util.List;
import java.util.Locale;
import org.jetfold.study.picture.Chart.Kind;
import org.jetfold.study.picture.Chart.Series;

/** Draws charts one below the other as an SVG file that is light on white and on black pages. */
public final class SvgPicture {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 330;
  private static final int LEFT = 74;
  private static final int RIGHT = 16;
  private static final int TOP = 50;
  private static final int BOTTOM = 48;
  private static final int TICKS = 6;
  private static final int LEGEND_STEP = 20;
  private static final String[] COLORS = {"a", "b", "c", "d"};

  private final StringBuilder svg = new StringBuilder();

  private SvgPicture() {}

  /** The SVG file's text. */
  public static String of(List<Chart> charts) {
    SvgPicture picture = new SvgPicture();
    picture.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(WIDTH, HEIGHT * charts.size(), WIDTH, HEIGHT * charts.size()));
    picture.add(
        """
        <style>
          text { fill: #1f2328 } .title { font-weight: bold; font-size: 14px } .axis { stroke: #9aa4b2; fill: none } .grid { stroke: #9aa4b2; stroke-opacity: 0.25 }
          .a { color: #6e7b8b } .b { color: #d1571f } .c { color: #1f6fd1 } .d { color: #2a8a4a } .line { stroke: currentColor; fill: none; stroke-width: 1.4 } .point { fill: currentColor }
          @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .a { color: #9aa4b2 } .c { color: #69a7f5 } .d { color: #56b877 } }
        </style>\
        """);
    for (int i = 0; i < charts.size(); i++) {
      picture.add("<g transform=\"translate(0 %d)\">".formatted(i * HEIGHT));
      picture.draw(charts.get(i));
      picture.add("</g>");
    }
    picture.add("</svg>");
    return picture.svg.toString();
  }

  private void add(String line) {
    svg.append(line).append('\n');
  }

  private void draw(Chart chart) {
    Axis x = horizontal(chart);
    Axis y = vertical(chart);
    text("title", LEFT, 20, "start", chart.title());
    for (double tick : y.ticks()) {
      add(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
              .formatted(LEFT, WIDTH - RIGHT, number(y.at(tick)), number(y.at(tick))));
      text("", LEFT - 6, y.at(tick) + 4, "end", label(tick));
    }
    for (double tick : x.ticks()) {
      text("", x.at(tick), HEIGHT - BOTTOM + 16, "middle", label(tick));
    }
    add(
        "<rect class=\"axis\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
            .formatted(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM));
    text("", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", chart.x());
    add(
        "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, escaped(chart.y())));
    double legend = LEFT;
    for (int i = 0; i < chart.series().size(); i++) {
      Series series = chart.series().get(i);
      String color = COLORS[i % COLORS.length];
      add("<g class=\"%s\">".formatted(color));
      if (series.kind() == Kind.POINTS) {
        points(series, x, y);
        add("<circle class=\"point\" cx=\"%s\" cy=\"38\" r=\"3\"/>".formatted(number(legend + 6)));
      } else {
        line(series, x, y);
        add(
            "<line class=\"line\" x1=\"%s\" x2=\"%s\" y1=\"38\" y2=\"38\"/>"
                .formatted(number(legend), number(legend + 12)));
      }
      add("</g>");
      text("", legend + 16, 42, "start", series.name());
      legend += LEGEND_STEP + 16 + 6.2 * series.name().length();
    }
  }

  private void points(Series series, Axis x, Axis y) {
    for (int i = 0; i < series.y().length; i++) {
      double value = series.y()[i];
      if (y.shows(value) && x.shows(series.position(i))) {
        String at = number(x.at(series.position(i)));
        add(
            "<circle class=\"point\" cx=\"%s\" cy=\"%s\" r=\"2\"/>"
                .formatted(at, number(y.at(value))));
        if (series.error(i) > 0) {
          add(
              "<path class=\"line\" d=\"M%s %sV%s\"/>"
                  .formatted(
                      at,
                      number(y.at(value - series.error(i))),
                      number(y.at(value + series.error(i)))));
        }
      }
    }
  }

  private void line(Series series, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < series.y().length; i++) {
      boolean shown = y.shows(series.y()[i]);
      if (shown && series.kind() == Kind.STEPS) {
        path.append(
                drawing
                    ? "V" + number(y.at(series.y()[i]))
                    : move(x.at(series.x()[i]), y.at(series.y()[i])))
            .append('H')
            .append(number(x.at(series.x()[i + 1])));
      } else if (shown) {
        path.append(
            drawing
                ? "L" + number(x.at(series.x()[i])) + " " + number(y.at(series.y()[i]))
                : move(x.at(series.x()[i]), y.at(series.y()[i])));
      }
      drawing = shown;
    }
    add("<path class=\"line\" d=\"%s\"/>".formatted(path));
  }

  private static String move(double x, double y) {
    return "M" + number(x) + " " + number(y);
  }

  private static Axis horizontal(Chart chart) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series()) {
      for (double value : series.x()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new Axis(low, high, false, LEFT, WIDTH - RIGHT);
  }

  private static Axis vertical(Chart chart) {
    double low = chart.logarithmic() ? Double.POSITIVE_INFINITY : 0;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series()) {
      for (int i = 0; i < series.y().length; i++) {
        double value = series.y()[i];
        if (Double.isFinite(value) && (value > 0 || !chart.logarithmic())) {
          low = Math.min(low, value);
          high = Math.max(high, value + series.error(i));
        }
      }
    }
    if (!(high > low)) {
      high = low + 1;
    }
    return chart.logarithmic()
        ? new Axis(low / 1.5, high * 1.5, true, HEIGHT - BOTTOM, TOP)
        : new Axis(low, high + 0.06 * (high - low), false, HEIGHT - BOTTOM, TOP);
  }

  private void text(String style, double x, double y, String anchor, String text) {
    add(
        "<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                number(x),
                number(y),
                anchor,
                escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String label(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e5 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.0e", value)
          .replaceFirst("e([+-])0*", "e$1")
          .replace("e+", "e");
    }
    String decimal = String.format(Locale.ROOT, "%.4f", value);
    return decimal.replaceFirst("\\.?0+$", "");
  }

  /** From values to places on the page. */
  private record Axis(double low, double high, boolean logarithmic, double from, double to) {
    boolean shows(double value) {
      return Double.isFinite(value) && (value > 0 || !logarithmic);
    }

    double at(double value) {
      double part =
          logarithmic
              ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
              : (value - low) / (high - low);
      return from + Math.clamp(part, 0, 1) * (to - from);
    }

    double[] ticks() {
      if (logarithmic) {
        int first = (int) Math.ceil(Math.log10(low));
        int last = (int) Math.floor(Math.log10(high));
        if (last > first) {
          double[] decades = new double[last - first + 1];
          for (int i = 0; i < decades.length; i++) {
            decades[i] = Math.pow(10, first + i);
          }
          return decades;
        }
      }
      double rough = (high - low) / TICKS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          power
              * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
      long first = (long) Math.ceil(low / step);
      long last = (long) Math.floor(high / step);
      double[] ticks = new double[(int) Math.max(0, last - first + 1)];
      for (int i = 0; i < ticks.length; i++) {
        ticks[i] = (first + i) * step;
      }
      return ticks;
    }
  }
}
