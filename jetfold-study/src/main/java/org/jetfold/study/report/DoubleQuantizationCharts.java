package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.picture.Chart;

/**
 * The charts of double quantization: peaks, corrected heights, and magic bins.
 *
 * @param how the column was rounded, for people
 */
record DoubleQuantizationCharts(ColumnRounding found, String how) {
  List<Chart> all() {
    String name = found.column().name();
    String unit = found.column().unit();
    Chart.Axis x = Chart.Axis.linear(unit.isEmpty() ? name : "%s [%s]".formatted(name, unit));
    List<Chart> charts = new ArrayList<>();
    charts.add(peaks(x));
    double[] original = found.original();
    if (original != null) {
      charts.add(
          new Chart(
              "Heights divided by the predicted factor; counts of cells spread by a smooth density",
              x,
              Chart.Axis.linear("values / bin"),
              List.of(
                  Chart.Series.steps("before", found.bins().edges(), original),
                  Chart.Series.points(
                      "corrected",
                      found.bins().centers(),
                      found.peaks().corrected(found.quantized()),
                      found.peaks().correctedErrors(found.variances())),
                  spread())));
    }
    charts.add(magic(x));
    return charts;
  }

  private Chart peaks(Chart.Axis x) {
    Bins bins = found.bins();
    double[] original = found.original();
    List<Chart.Series> series = new ArrayList<>();
    double[] base = original == null ? found.peaks().corrected(found.quantized()) : original;
    series.add(Chart.Series.steps(original == null ? "corrected" : "before", bins.edges(), base));
    series.add(Chart.Series.steps("quantized", bins.edges(), found.quantized()));
    if (original != null) {
      series.add(
          Chart.Series.points("predicted", bins.centers(), found.peaks().predicted(base), null));
    } else {
      series.add(spread());
    }
    return new Chart(
        "%s, %s".formatted(found.column().name(), how),
        x,
        Chart.Axis.linear("values / bin"),
        series);
  }

  private Chart.Series spread() {
    return Chart.Series.line("spread", found.bins().centers(), found.spread().heights());
  }

  private Chart magic(Chart.Axis x) {
    Bins bins = found.magic().bins();
    double[] original = found.magicOriginal();
    List<Chart.Series> series = new ArrayList<>();
    if (original != null) {
      series.add(Chart.Series.steps("before", bins.edges(), density(original)));
    }
    series.add(
        Chart.Series.points("quantized", bins.centers(), density(found.magicQuantized()), null));
    return new Chart(
        "In magic bins, %s wide".formatted(found.magicWidth()),
        x,
        Chart.Axis.linear("values / bin width"),
        series);
  }

  private double[] density(double[] heights) {
    double[] density = heights.clone();
    for (int bin = 0; bin < density.length; bin++) {
      density[bin] *=
          found.magic().multiple() * found.magic().step() / found.magic().bins().width(bin);
    }
    return density;
  }
}
