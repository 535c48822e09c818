package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Loss against the number of latents, the loss on a logarithmic axis, as SVG. */
final class ScanPicture {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int TOP = 20;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 50;
  private static final String[] COLOURS = {
    "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#7f7f7f"
  };

  private ScanPicture() {}

  /**
   * A training.
   *
   * @param series what it has in common with others
   */
  record Point(String series, int latents, double loss) {}

  static String of(List<Point> points) {
    List<Point> drawn = points.stream().filter(point -> point.loss() > 0).toList();
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>%n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<rect width='100%' height='100%' fill='white'/>\n");
    if (!drawn.isEmpty()) {
      int from = drawn.stream().mapToInt(Point::latents).min().orElseThrow();
      int to = Math.max(from + 1, drawn.stream().mapToInt(Point::latents).max().orElseThrow());
      int low =
          (int) Math.floor(Math.log10(drawn.stream().mapToDouble(Point::loss).min().orElseThrow()));
      int high =
          Math.max(
              low + 1,
              (int)
                  Math.ceil(
                      Math.log10(drawn.stream().mapToDouble(Point::loss).max().orElseThrow())));
      for (int decade = low; decade <= high; decade++) {
        double y = y(decade, low, high);
        svg.append(
            line(
                "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#ddd'/>",
                LEFT, y, WIDTH - RIGHT, y));
        svg.append(
            line("<text x='%d' y='%.1f' text-anchor='end'>1e%d</text>", LEFT - 8, y + 4, decade));
      }
      for (int x = from; x <= to; x++) {
        svg.append(
            line(
                "<text x='%.1f' y='%d' text-anchor='middle'>%d</text>",
                x(x, from, to), HEIGHT - BOTTOM + 18, x));
      }
      svg.append(
          line(
              "<text x='%d' y='%d' text-anchor='middle'>latents</text>",
              (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10));
      svg.append(
          line(
              "<text transform='translate(16 %d) rotate(-90)' text-anchor='middle'>mean squared"
                  + " error, held-out events</text>",
              HEIGHT / 2));
      Map<String, List<Point>> series = new LinkedHashMap<>();
      for (Point point : drawn) {
        series.computeIfAbsent(point.series(), _ -> new ArrayList<>()).add(point);
      }
      int number = 0;
      for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
        String colour = COLOURS[number % COLOURS.length];
        StringBuilder path = new StringBuilder();
        for (Point point : entry.getValue()) {
          double x = x(point.latents(), from, to);
          double y = y(Math.log10(point.loss()), low, high);
          path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
          svg.append(line("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x, y, colour));
        }
        svg.append(
            line(
                "<polyline points='%s' fill='none' stroke='%s'/>",
                path.toString().strip(), colour));
        svg.append(
            line(
                "<text x='%d' y='%d' text-anchor='end' fill='%s'>%s</text>",
                WIDTH - RIGHT - 6, TOP + 14 + 16 * number, colour, escaped(entry.getKey())));
        number++;
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  private static double x(double latents, int from, int to) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (latents - from) / (to - from);
  }

  private static double y(double logarithm, int low, int high) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - logarithm) / (high - low);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
