package org.jetfold.study.picture;

import static org.jetfold.study.picture.SvgCanvas.number;

import java.util.Locale;

/** Draws bars, as many below each other as there are. */
final class SvgBarChart {
  private static final int TITLE = 36;
  private static final int BAR = 18;
  private static final int STEP = 23;
  private static final int FOOT = 10;
  private static final int VALUE_WIDTH = 60;

  private SvgBarChart() {}

  static int height(BarChart chart) {
    return TITLE + STEP * chart.bars().size() + FOOT;
  }

  static void draw(BarChart chart, int width, SvgCanvas canvas) {
    canvas.text("title", 4, 20, "start", chart.title());
    double largest = chart.bars().stream().mapToDouble(BarChart.Bar::value).max().orElse(1);
    int left = 43 * width / 100;
    int top = TITLE;
    for (BarChart.Bar bar : chart.bars()) {
      double length = (width - left - VALUE_WIDTH) * bar.value() / largest;
      canvas.text("", left - 8, top + 14, "end", bar.label());
      canvas.add(
          "<rect class=\"%s cell\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>"
              .formatted(bar.highlighted() ? "b" : "a", left, top, number(length), BAR));
      canvas.text(
          "",
          left + length + 6,
          top + 14,
          "start",
          String.format(Locale.ROOT, "%.1f", bar.value()));
      top += STEP;
    }
  }
}
