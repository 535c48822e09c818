package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.SvgPicture;

/** The loss against the number of latents, as SVG. */
final class ScanPicture {
  private ScanPicture() {}

  /**
   * A training.
   *
   * @param series what it has in common with others
   */
  record Point(String series, int latents, double loss) {}

  static String of(List<Point> points) {
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (Point point : points) {
      if (point.loss() > 0) {
        series.computeIfAbsent(point.series(), _ -> new ArrayList<>()).add(point);
      }
    }
    List<Chart.Series> lines = new ArrayList<>();
    series.forEach((name, own) ->
        lines.add(
            Chart.Series.markedLine(
                name,
                own.stream().mapToDouble(Point::latents).toArray(),
                own.stream().mapToDouble(Point::loss).toArray())));
    return SvgPicture.of(
        List.of(
            new Chart(
                "Loss by the number of latents",
                Chart.Axis.linear("latents"),
                Chart.Axis.logarithmic("mean squared error, validation set"),
                lines)));
  }
}
