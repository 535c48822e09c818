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

  private record Point(double latents, double loss) {}

  /** A picture with a curve for each series; diverged trainings have no point. */
  static String of(Map<ScanTraining, ScanTraining.Result> results) {
    Map<String, List<Point>> series = new LinkedHashMap<>();
    results.forEach((training, result) -> {
      if (result.loss() > 0) {
        series
            .computeIfAbsent(training.series(), _ -> new ArrayList<>())
            .add(new Point(training.latents(), result.loss()));
      }
    });
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
                Chart.Axis.logarithmic("mean squared error, test set"),
                lines)));
  }
}
