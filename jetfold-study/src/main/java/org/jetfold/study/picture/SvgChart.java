package org.jetfold.study.picture;

import static org.jetfold.study.picture.SvgCanvas.number;

import java.util.List;
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
    canvas.text("title", panel.left(), 20, "start", chart.title());
    legend(chart, panel, canvas);
    SvgAxis x = horizontal(chart, panel);
    Chart.Below below = chart.below();
    if (below == null) {
      SvgChart all = new SvgChart(canvas, panel, x, vertical(chart.y(), chart.series(), panel));
      all.draw(chart.series());
      all.frame(chart.x().label(), chart.y().label());
      return;
    }
    SvgPanel upper = panel.upper();
    SvgChart above = new SvgChart(canvas, upper, x, vertical(chart.y(), chart.series(), upper));
    above.draw(chart.series());
    upper.frame(canvas, "", chart.y().label());
    SvgPanel lower = panel.lower();
    SvgChart under = new SvgChart(canvas, lower, x, around(below, lower));
    canvas.add(
        "<path class=\"mark\" d=\"M%d %sH%d\"/>"
            .formatted(lower.left(), number(under.y.at(below.reference())), lower.right()));
    under.draw(below.series());
    under.frame(chart.x().label(), below.y().label());
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

  private static void legend(Chart chart, SvgPanel panel, SvgCanvas canvas) {
    double left = panel.left();
    int line = 0;
    for (int i = 0; i < chart.series().size() && chart.series().size() > 1; i++) {
      Series series = chart.series().get(i);
      int own = legendLine(chart, panel, i);
      left = own > line ? panel.left() : left;
      line = own;
      int y = LEGEND_TOP + LEGEND_LINE * line;
      canvas.add(
          "<g class=\"%s\">%s</g>"
              .formatted(
                  COLORS[i % COLORS.length],
                  series.kind() == Kind.POINTS
                      ? "<circle class=\"point\" cx=\"%s\" cy=\"%d\" r=\"3\"/>"
                          .formatted(number(left + 6), y)
                      : "<path class=\"line\" d=\"M%s %dh12\"/>".formatted(number(left), y)));
      canvas.text("", left + 16, y + 4, "start", series.name());
      left += legendWidth(series);
    }
  }

  private void draw(List<Series> drawn) {
    for (double tick : y.ticks()) {
      canvas.add(
          "<path class=\"grid\" d=\"M%d %sH%d\"/>"
              .formatted(panel.left(), number(y.at(tick)), panel.right()));
      canvas.text("", panel.left() - 6, y.at(tick) + 4, "end", y.label(tick));
    }
    for (int i = 0; i < drawn.size(); i++) {
      Series series = drawn.get(i);
      canvas.add("<g class=\"%s\">".formatted(COLORS[i % COLORS.length]));
      if (series.kind() != Kind.POINTS) {
        line(series);
      }
      if (series.kind() == Kind.POINTS || series.kind() == Kind.MARKED_LINE) {
        points(series);
      }
      canvas.add("</g>");
    }
  }

  private void frame(String xLabel, String yLabel) {
    for (double tick : x.ticks()) {
      canvas.add(
          "<path class=\"mark\" d=\"M%s %dv4\"/>".formatted(number(x.at(tick)), panel.bottom()));
      canvas.text("", x.at(tick), panel.bottom() + 16, "middle", x.label(tick));
    }
    panel.frame(canvas, xLabel, yLabel);
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

  private static SvgAxis vertical(Chart.Axis shown, List<Series> drawn, SvgPanel panel) {
    boolean logarithmic = shown.logarithmic();
    double low = logarithmic ? Double.POSITIVE_INFINITY : 0;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : drawn) {
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

  /** An axis with its reference value in the middle, so that the value has a number. */
  private static SvgAxis around(Chart.Below below, SvgPanel panel) {
    double largest = 0;
    for (Series series : below.series()) {
      for (double value : series.y()) {
        double size = Math.abs(value - below.reference());
        largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
      }
    }
    double half = largest > 0 ? 1.1 * largest : 1e-9;
    return SvgAxis.around(below.reference(), half, panel.bottom(), panel.top());
  }

  /** An axis with some length, even where there is a single value or none. */
  private static SvgAxis axis(
      double low, double high, boolean logarithmic, double from, double to) {
    double first = low < Double.POSITIVE_INFINITY ? low : logarithmic ? 1 : 0;
    double last = high > first ? high : logarithmic ? 10 * first : first + 1;
    return new SvgAxis(first, last, logarithmic, from, to);
  }
}
