package org.jetfold.study.picture;

import static org.jetfold.study.picture.SvgCanvas.label;
import static org.jetfold.study.picture.SvgCanvas.number;

import org.jetfold.study.picture.Chart.Kind;
import org.jetfold.study.picture.Chart.Series;

/** Draws a chart into a panel. */
final class SvgChart {
  private static final int LEGEND_TOP = 38;
  private static final int LEGEND_LINE = 17;
  private static final int LEGEND_STEP = 20;
  private static final double LETTER = 6.2;
  private static final String[] COLORS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  private final SvgCanvas canvas;
  private final SvgPanel panel;
  private final SvgAxis x;
  private final SvgAxis y;

  private SvgChart(SvgCanvas canvas, SvgPanel panel, SvgAxis x, SvgAxis y) {
    this.canvas = canvas;
    this.panel = panel;
    this.x = x;
    this.y = y;
  }

  static void draw(Chart chart, SvgPanel whole, SvgCanvas canvas) {
    SvgPanel panel = whole.below(LEGEND_LINE * legendLine(chart, whole, chart.series().size() - 1));
    new SvgChart(canvas, panel, horizontal(chart, panel), vertical(chart, panel)).draw(chart);
  }

  /** The line of the legend that a series' name is in, from 0. */
  private static int legendLine(Chart chart, SvgPanel panel, int number) {
    int line = 0;
    double end = 0;
    for (Series series : chart.series().subList(0, number + 1)) {
      double width = legendWidth(series);
      if (end > 0 && end + width > panel.right() - panel.left()) {
        line++;
        end = 0;
      }
      end += width;
    }
    return line;
  }

  private static double legendWidth(Series series) {
    return LEGEND_STEP + 16 + LETTER * series.name().length();
  }

  private void draw(Chart chart) {
    canvas.text("title", panel.left(), 20, "start", chart.title());
    for (double tick : y.ticks()) {
      canvas.add(
          "<path class=\"grid\" d=\"M%d %sH%d\"/>"
              .formatted(panel.left(), number(y.at(tick)), panel.right()));
      canvas.text("", panel.left() - 6, y.at(tick) + 4, "end", label(tick));
    }
    for (double tick : x.ticks()) {
      canvas.text("", x.at(tick), panel.bottom() + 16, "middle", label(tick));
    }
    panel.frame(canvas, chart.x().label(), chart.y().label());
    double legend = panel.left();
    int line = 0;
    for (int i = 0; i < chart.series().size(); i++) {
      Series series = chart.series().get(i);
      canvas.add("<g class=\"%s\">".formatted(COLORS[i % COLORS.length]));
      if (series.kind() != Kind.POINTS) {
        line(series);
      }
      if (series.kind() == Kind.POINTS || series.kind() == Kind.MARKED_LINE) {
        points(series);
      }
      int own = legendLine(chart, panel, i);
      legend = own > line ? panel.left() : legend;
      line = own;
      int y = LEGEND_TOP + LEGEND_LINE * line;
      if (chart.series().size() > 1) {
        canvas.add(
            series.kind() == Kind.POINTS
                ? "<circle class=\"point\" cx=\"%s\" cy=\"%d\" r=\"3\"/>"
                    .formatted(number(legend + 6), y)
                : "<path class=\"line\" d=\"M%s %dh12\"/>".formatted(number(legend), y));
      }
      canvas.add("</g>");
      if (chart.series().size() > 1) {
        canvas.text("", legend + 16, y + 4, "start", series.name());
        legend += legendWidth(series);
      }
    }
  }

  private void points(Series series) {
    for (int i = 0; i < series.y().length; i++) {
      double value = series.y()[i];
      if (y.shows(value) && x.shows(series.position(i))) {
        String at = number(x.at(series.position(i)));
        canvas.add(
            "<circle class=\"point\" cx=\"%s\" cy=\"%s\" r=\"2\"/>"
                .formatted(at, number(y.at(value))));
        if (series.error(i) > 0) {
          canvas.add(
              "<path class=\"line\" d=\"M%s %sV%s\"/>"
                  .formatted(
                      at,
                      number(y.at(value - series.error(i))),
                      number(y.at(value + series.error(i)))));
        }
      }
    }
  }

  private void line(Series series) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < series.y().length; i++) {
      boolean steps = series.kind() == Kind.STEPS;
      double from = series.x()[i];
      // A histogram's first edge may be 0: on a logarithmic axis, that bin starts where it starts.
      boolean shown =
          y.shows(series.y()[i]) && (steps ? x.shows(series.x()[i + 1]) : x.shows(from));
      if (shown && steps) {
        // Whole pixels: steps are sharper, and files smaller.
        long height = Math.round(y.at(series.y()[i]));
        path.append(drawing ? "V" + height : "M" + Math.round(x.at(from)) + " " + height)
            .append('H')
            .append(Math.round(x.at(series.x()[i + 1])));
      } else if (shown) {
        path.append(drawing ? 'L' : 'M')
            .append(number(x.at(from)))
            .append(' ')
            .append(number(y.at(series.y()[i])));
      }
      drawing = shown;
    }
    canvas.add("<path class=\"line\" d=\"%s\"/>".formatted(path));
  }

  private static SvgAxis horizontal(Chart chart, SvgPanel panel) {
    boolean logarithmic = chart.x().logarithmic();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series()) {
      for (double value : series.x()) {
        if (value > 0 || !logarithmic) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    return axis(low, high, logarithmic, panel.left(), panel.right());
  }

  private static SvgAxis vertical(Chart chart, SvgPanel panel) {
    boolean logarithmic = chart.y().logarithmic();
    double low = logarithmic ? Double.POSITIVE_INFINITY : 0;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series()) {
      for (int i = 0; i < series.y().length; i++) {
        double value = series.y()[i];
        if (Double.isFinite(value) && (value > 0 || !logarithmic)) {
          low = Math.min(low, value);
          high = Math.max(high, value + series.error(i));
        }
      }
    }
    return logarithmic
        ? axis(low / 1.5, high * 1.5, true, panel.bottom(), panel.top())
        : axis(low, high + 0.06 * (high - low), false, panel.bottom(), panel.top());
  }

  /** An axis with some length, even where there is a single value or none. */
  private static SvgAxis axis(
      double low, double high, boolean logarithmic, double from, double to) {
    double first = low < Double.POSITIVE_INFINITY ? low : logarithmic ? 1 : 0;
    double last = high > first ? high : logarithmic ? 10 * first : first + 1;
    return new SvgAxis(first, last, logarithmic, from, to);
  }
}
