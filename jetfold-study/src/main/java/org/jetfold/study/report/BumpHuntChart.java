package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.BinCounts;
import org.jetfold.study.bumphunt.Bump;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.report.BumpHuntReport.Row;
import org.jetfold.study.report.BumpHuntReport.Subject;

/** The chart of a bump hunt. */
final class BumpHuntChart {
  private BumpHuntChart() {}

  /** Both spectra over one another, with the background, and the pulls below. */
  static Chart of(Subject subject, Row row) {
    Bins bins = subject.bins();
    double[] edges = bins.edges();
    double[] centers = bins.centers();
    BumpHunt.Found before = row.comparison().before();
    BumpHunt.Found after = row.comparison().after();
    List<Chart.Series> spectra = new ArrayList<>();
    List<Chart.Series> pulls = new ArrayList<>();
    spectra.add(
        Chart.Series.steps(after == null ? "events" : "before", edges, before.observed().sums()));
    pulls.add(Chart.Series.steps(after == null ? "pulls" : "before", edges, pulls(before)));
    if (after != null) {
      spectra.add(
          Chart.Series.points(
              "after", centers, after.observed().sums(), after.observed().errors()));
      pulls.add(Chart.Series.points("after", centers, pulls(after), null));
    }
    BumpHunt.Found last = after == null ? before : after;
    spectra.add(Chart.Series.line(subject.background(), centers, last.expected()));
    if (last.bump().exists()) {
      spectra.add(
          Chart.Series.steps(
              after == null ? "most significant excess" : "most significant excess, after",
              edges,
              window(last)));
    }
    return new Chart(
        "%s: global p %s%s"
            .formatted(
                BumpHuntWords.capitalized(BumpHuntWords.spectraWith(List.of(row))),
                BumpHuntWords.probability(before.globalP()),
                after == null
                    ? ""
                    : " before, %s after".formatted(BumpHuntWords.probability(after.globalP()))),
        Chart.Axis.linear(subject.label()),
        Chart.Axis.logarithmic("events / bin"),
        spectra,
        new Chart.Below(Chart.Axis.linear("pull"), pulls, 0));
  }

  private static double[] pulls(BumpHunt.Found found) {
    BinCounts observed = found.observed();
    double[] pulls = new double[found.expected().length];
    Arrays.setAll(
        pulls,
        bin -> {
          double mean = found.expected()[bin];
          double deviation = Math.sqrt(mean * observed.scales()[bin]);
          return mean > 0 ? (observed.sums()[bin] - mean) / deviation : Double.NaN;
        });
    return pulls;
  }

  private static double[] window(BumpHunt.Found found) {
    double[] window = found.observed().sums().clone();
    Bump bump = found.bump();
    for (int bin = 0; bin < window.length; bin++) {
      boolean inside = bin >= bump.firstBin() && bin < bump.firstBin() + bump.width();
      window[bin] = inside ? window[bin] : Double.NaN;
    }
    return window;
  }
}
