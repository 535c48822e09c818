package org.jetfold.study.picture;

import static org.jetfold.study.picture.SvgCanvas.label;
import static org.jetfold.study.picture.SvgCanvas.number;

import java.util.Locale;

/** Draws a heat map into a panel: one path a shade, so that the file stays small. */
final class SvgHeatMap {
  private static final int SHADES = 12;
  private static final double LETTER = 5.2;
  private static final int MAX_NAMES_WIDTH = 150;
  private static final int SMALL_BELOW = 14;

  private SvgHeatMap() {}

  static void draw(HeatMap map, SvgPanel whole, SvgCanvas canvas) {
    int longest = map.y().names().stream().mapToInt(String::length).max().orElse(0);
    SvgPanel panel =
        longest == 0
            ? whole
            : whole.withNames((int) Math.min(MAX_NAMES_WIDTH, 24 + LETTER * longest));
    canvas.text("title", panel.left(), 20, "start", map.title());
    cells(map, panel, canvas);
    if (longest == 0) {
      numbers(map, panel, canvas);
    } else {
      names(map, panel, canvas);
    }
    panel.frame(canvas, map.x().label(), map.y().label());
  }

  private static void cells(HeatMap map, SvgPanel panel, SvgCanvas canvas) {
    int rows = map.shades().length;
    int columns = map.shades()[0].length;
    double width = (panel.right() - panel.left()) / (double) columns;
    double height = (panel.bottom() - panel.top()) / (double) rows;
    canvas.add(
        String.format(
            Locale.ROOT,
            "<g transform=\"translate(%d %d) scale(%.4f %.4f)\">",
            panel.left(),
            panel.top(),
            width,
            height));
    for (int level = -SHADES; level <= SHADES; level++) {
      StringBuilder path = new StringBuilder();
      for (int row = 0; level != 0 && row < rows; row++) {
        runs(map.shades()[rows - 1 - row], level, row, path);
      }
      if (!path.isEmpty()) {
        canvas.add(
            "<path class=\"%s cell\" fill-opacity=\"%s\" d=\"%s\"/>"
                .formatted(
                    level < 0 ? "b" : "c",
                    String.format(Locale.ROOT, "%.2f", Math.abs(level) / (double) SHADES),
                    path));
      }
    }
    canvas.add("</g>");
  }

  /** Neighbouring cells of one shade are one rectangle. */
  private static void runs(double[] shades, int level, int row, StringBuilder path) {
    for (int from = 0; from < shades.length; from++) {
      int to = from;
      while (to < shades.length && level(shades[to]) == level) {
        to++;
      }
      if (to > from) {
        path.append("M%d %dh%dv1h-%dz".formatted(from, row, to - from, to - from));
        from = to;
      }
    }
  }

  private static int level(double shade) {
    int level = (int) Math.round(Math.abs(shade) * SHADES);
    return Double.isNaN(shade) ? 0 : (int) Math.signum(shade) * Math.min(level, SHADES);
  }

  private static void numbers(HeatMap map, SvgPanel panel, SvgCanvas canvas) {
    SvgAxis x = new SvgAxis(map.x().low(), map.x().high(), false, panel.left(), panel.right());
    SvgAxis y = new SvgAxis(map.y().low(), map.y().high(), false, panel.bottom(), panel.top());
    for (double tick : x.ticks()) {
      canvas.text("", x.at(tick), panel.bottom() + 16, "middle", label(tick));
    }
    for (double tick : y.ticks()) {
      canvas.text("", panel.left() - 6, y.at(tick) + 4, "end", label(tick));
    }
  }

  /** Names of the rows; where the columns have names, they are the same ones. */
  private static void names(HeatMap map, SvgPanel panel, SvgCanvas canvas) {
    double height = (panel.bottom() - panel.top()) / (double) map.y().names().size();
    String size = number(Math.clamp(height < SMALL_BELOW ? 0.8 * height : 11, 4, 11));
    canvas.add("<g font-size=\"%s\">".formatted(size));
    for (int row = 0; row < map.y().names().size(); row++) {
      canvas.text(
          "",
          panel.left() - 4,
          panel.bottom() - (row + 0.3) * height,
          "end",
          map.y().names().get(row));
    }
    canvas.add("</g>");
  }
}
