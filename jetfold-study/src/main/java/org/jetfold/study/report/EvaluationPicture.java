package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.HeatMap;
import org.jetfold.study.picture.Picture;
import org.jetfold.study.residual.ColumnResiduals;
import org.jetfold.study.residual.Correlations;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.HistogramWindow;
import org.jetfold.study.residual.SpectrumRatio;

/**
 * An evaluation as still pictures: of each column that changed its distribution before and after
 * and its residuals, then the correlations of the residuals.
 */
final class EvaluationPicture {
  private static final int RESIDUAL_BINS = 60;
  private static final double TAIL = 5e-4;

  /** Of so few columns, all pairs are shown. */
  private static final int FEW_COLUMNS = 4;

  /** Of more columns, the pairs with the strongest correlations. */
  private static final int MAX_PAIRS = 3;

  /** Shades span a factor of a thousand below the largest weight of a pair's bins. */
  private static final double SHADED_RANGE = Math.log(1000);

  /** The shade of a bin that holds hardly anything. */
  private static final double MIN_SHADE = 0.08;

  private EvaluationPicture() {}

  static List<Picture> of(Evaluation evaluation) {
    List<Picture> pictures = new ArrayList<>();
    String counts = evaluation.weight().isEmpty() ? "values" : "weight";
    for (EvaluatedColumn column : evaluation.columns()) {
      if (column.residuals().changed() > 0) {
        pictures.add(distribution(column, counts));
        pictures.add(residuals(column, counts));
      }
    }
    if (pictures.isEmpty()) {
      evaluation.columns().forEach(column -> pictures.add(distribution(column, counts)));
    }
    Correlations correlations = evaluation.correlations();
    if (correlations != null) {
      addCorrelations(evaluation, correlations, pictures);
    }
    return pictures;
  }

  private static Picture distribution(EvaluatedColumn column, String counts) {
    SpectrumRatio spectrum = column.residuals().spectrum();
    HistogramWindow before = spectrum.before();
    return new Chart(
        column.path(),
        new Chart.Axis(named(column.path(), column), before.logarithmic()),
        Chart.Axis.logarithmic(counts),
        List.of(
            Chart.Series.steps("before", before.edges(), before.weights()),
            Chart.Series.steps("after", before.edges(), spectrum.after().weights())),
        new Chart.Below(
            Chart.Axis.linear("ratio"),
            List.of(Chart.Series.steps("after / before", before.edges(), ratios(spectrum))),
            1));
  }

  /** Of the bins with enough entries. */
  private static double[] ratios(SpectrumRatio spectrum) {
    double[] ratios = new double[spectrum.before().weights().length];
    Arrays.setAll(ratios, bin -> spectrum.hasEnoughEntries(bin) ? spectrum.ratio(bin) : Double.NaN);
    return ratios;
  }

  private static Picture residuals(EvaluatedColumn column, String counts) {
    ColumnResiduals.Residuals residuals = column.natural();
    HistogramWindow bins = HistogramWindow.of(residuals.distribution(), TAIL, RESIDUAL_BINS, false);
    return new Chart(
        "RMS %s, 99.9 %% within %s, largest %s"
            .formatted(
                Quantities.error(residuals.moments().rms()),
                Quantities.error(residuals.magnitudes().quantile(0.999)),
                Quantities.error(residuals.moments().largest())),
        Chart.Axis.linear(measured(column)),
        Chart.Axis.logarithmic(counts),
        List.of(Chart.Series.steps("residuals", bins.edges(), bins.weights())));
  }

  private static String measured(EvaluatedColumn column) {
    return column.relative()
        ? "relative residual of " + column.path()
        : named("residual of " + column.path(), column);
  }

  private static String named(String name, EvaluatedColumn column) {
    String unit = column.column().unit();
    return unit.isEmpty() ? name : "%s [%s]".formatted(name, unit);
  }

  /** Two columns by their numbers. */
  private record Pair(int a, int b, double correlation, double rank) {}

  private static void addCorrelations(
      Evaluation evaluation, Correlations correlations, List<Picture> pictures) {
    int[] changed =
        IntStream.range(0, correlations.names().size())
            .filter(column -> !Double.isNaN(correlations.correlation(column, column)))
            .toArray();
    if (changed.length < 2) {
      return;
    }
    List<String> names =
        Arrays.stream(changed)
            .mapToObj(correlations.names()::get)
            .map(path -> path.substring(path.lastIndexOf('.') + 1))
            .toList();
    double[][] matrix = new double[changed.length][changed.length];
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < changed.length; a++) {
      for (int b = 0; b < changed.length; b++) {
        // From above to below, as a matrix is read.
        double correlation = correlations.correlation(changed[a], changed[b]);
        double rank = correlations.rankCorrelation(changed[a], changed[b]);
        matrix[changed.length - 1 - a][b] = b > a ? rank : correlation;
        if (b < a) {
          pairs.add(new Pair(changed[a], changed[b], correlation, rank));
        }
      }
    }
    pictures.add(
        new HeatMap(
            "Correlation of residuals: 1 blue, −1 orange; above the diagonal of ranks, below"
                + " clipped",
            HeatMap.Side.named(names),
            HeatMap.Side.named(names.reversed()),
            matrix));
    pairs.stream()
        .sorted(Comparator.comparingDouble(pair -> -Math.abs(pair.rank)))
        .limit(changed.length <= FEW_COLUMNS ? pairs.size() : MAX_PAIRS)
        .forEach(pair -> pictures.add(pair(evaluation, correlations, pair)));
  }

  private static Picture pair(Evaluation evaluation, Correlations correlations, Pair pair) {
    double[] weights = correlations.pair(pair.a, pair.b);
    double largest = Arrays.stream(weights).max().orElse(0);
    double[][] shades = new double[Correlations.BINS][Correlations.BINS];
    for (int bin = 0; bin < weights.length; bin++) {
      double depth = Math.log(largest / weights[bin]) / SHADED_RANGE;
      shades[bin / Correlations.BINS][bin % Correlations.BINS] =
          weights[bin] > 0 ? Math.max(1 - depth, MIN_SHADE) : 0;
    }
    return new HeatMap(
        "Correlation of ranks %s, clipped %s"
            .formatted(Quantities.error(pair.rank), Quantities.error(pair.correlation)),
        side(evaluation, correlations, pair.b),
        side(evaluation, correlations, pair.a),
        shades);
  }

  private static HeatMap.Side side(Evaluation evaluation, Correlations correlations, int column) {
    String path = correlations.names().get(column);
    String label =
        evaluation.columns().stream()
            .filter(one -> one.path().equals(path))
            .findFirst()
            .map(EvaluationPicture::measured)
            .orElse(path);
    return HeatMap.Side.range(label, -correlations.range(column), correlations.range(column));
  }
}
