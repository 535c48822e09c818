package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.normalization.NormalizedVariable;
import org.jetfold.study.picture.Chart;

/** Reports the distributions of variables as a network sees them. */
public final class NormalizationReport {
  private static final double TAIL = 0.001;
  private static final int BINS = 100;

  /** More histograms over one another can hardly be told apart. */
  private static final int VARIABLES_A_CHART = 4;

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "normalized",
              "What a network is given in place of a value: a number of about unit size. The"
                  + " network's loss is the squared error of these numbers."),
          new StudyReport.Term(
              "share of the loss",
              "The variance of the variable over the sum of all variances: how much of the loss of"
                  + " predicting only means is its own. A variable with a small share is hardly"
                  + " learned."),
          new StudyReport.Term(
              "exceptions",
              "Values outside the domain of the normalization. They are stored beside the"
                  + " latents."));

  private final String input;
  private final String scheme;
  private final List<NormalizedVariable> variables;

  private NormalizationReport(String input, String scheme, List<NormalizedVariable> variables) {
    this.input = input;
    this.scheme = scheme;
    this.variables = variables;
  }

  /**
   * Makes a report.
   *
   * @param input the table's name
   * @param scheme how variables are normalized, for people
   * @param variables at least one
   * @throws StudyException where no value can be normalized
   */
  public static StudyReport of(String input, String scheme, List<NormalizedVariable> variables)
      throws StudyException {
    if (variables.stream().allMatch(variable -> variable.sorted().length == 0)) {
      throw new StudyException(
          "no value can be normalized: all are NaN, infinite or outside the domain");
    }
    return new NormalizationReport(input, scheme, List.copyOf(variables)).report();
  }

  private StudyReport report() {
    return new StudyReport(
        new StudyReport.Story(
            "Distributions of the variables of %s, normalized: %s".formatted(input, scheme),
            StudyReport.Verdict.NEUTRAL,
            headline(),
            findings(),
            TERMS),
        table(),
        charts(),
        this::json,
        csv());
  }

  private String headline() {
    NormalizedVariable widest =
        variables.stream()
            .max(Comparator.comparingDouble(variable -> zeroIfNone(variable.deviation())))
            .orElseThrow();
    NormalizedVariable narrowest =
        variables.stream()
            .min(Comparator.comparingDouble(variable -> zeroIfNone(variable.deviation())))
            .orElseThrow();
    return "Standard deviations are from %s (%s) to %s (%s)"
        .formatted(
            Quantities.significant(zeroIfNone(narrowest.deviation()), 3),
            narrowest.name(),
            Quantities.significant(zeroIfNone(widest.deviation()), 3),
            widest.name());
  }

  private static double zeroIfNone(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (NormalizedVariable variable : variables) {
      if (variable.exceptions() > 0) {
        findings.add(
            "%s: %s cannot be normalized."
                .formatted(variable.name(), Quantities.count(variable.exceptions(), "value")));
      }
    }
    findings.add(
        "The charts leave out the outermost %s %% on either side, of all variables together."
            .formatted(Quantities.significant(100 * TAIL, 2)));
    return findings;
  }

  private double share(NormalizedVariable variable) {
    double all = variables.stream().mapToDouble(one -> square(zeroIfNone(one.deviation()))).sum();
    return all > 0 ? square(zeroIfNone(variable.deviation())) / all : 0;
  }

  private static double square(double x) {
    return x * x;
  }

  private ResultTable table() {
    ResultTable.Builder table =
        new ResultTable.Builder()
            .words("variable")
            .words("normalized")
            .numbers(
                "mean",
                "deviation",
                "0.1 %",
                "median",
                "99.9 %",
                "smallest",
                "largest",
                "share of the loss",
                "exceptions");
    for (NormalizedVariable variable : variables) {
      table.row(
          variable.name(),
          variable.formula(),
          Quantities.significant(variable.mean(), 3),
          Quantities.significant(variable.deviation(), 3),
          Quantities.significant(variable.quantile(TAIL), 3),
          Quantities.significant(variable.quantile(0.5), 3),
          Quantities.significant(variable.quantile(1 - TAIL), 3),
          Quantities.significant(variable.quantile(0), 3),
          Quantities.significant(variable.quantile(1), 3),
          Quantities.significant(100 * share(variable), 3) + " %",
          Integer.toString(variable.exceptions()));
    }
    return table.build();
  }

  /** Some variables in each, all over the same range. */
  private List<Chart> charts() {
    Bins bins = bins();
    List<Chart> charts = new ArrayList<>();
    for (int from = 0; from < variables.size(); from += VARIABLES_A_CHART) {
      List<NormalizedVariable> some =
          variables.subList(from, Math.min(from + VARIABLES_A_CHART, variables.size()));
      charts.add(
          new Chart(
              String.join(", ", some.stream().map(NormalizedVariable::name).toList()),
              Chart.Axis.linear("normalized value"),
              Chart.Axis.logarithmic("share of the values / bin"),
              some.stream().map(variable -> series(variable, bins)).toList()));
    }
    return charts;
  }

  private Bins bins() {
    double low =
        variables.stream()
            .mapToDouble(variable -> variable.quantile(TAIL))
            .filter(Double::isFinite)
            .min()
            .orElseThrow();
    double high =
        variables.stream()
            .mapToDouble(variable -> variable.quantile(1 - TAIL))
            .filter(Double::isFinite)
            .max()
            .orElseThrow();
    // The largest value belongs to the last bin; a constant still has a bin.
    double margin = Math.max((high - low) / BINS, Math.max(1e-6, Math.abs(high) * 1e-6));
    return Bins.uniform(low - margin / 2, high + margin / 2, BINS);
  }

  private static Chart.Series series(NormalizedVariable variable, Bins bins) {
    double[] shares = bins.histogram(variable.sorted());
    double count = Math.max(1, variable.sorted().length);
    Arrays.setAll(shares, bin -> shares[bin] / count);
    return Chart.Series.steps(variable.name(), bins.edges(), shares);
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("scheme", scheme);
    json.writeArrayFieldStart("variables");
    for (NormalizedVariable variable : variables) {
      json.writeStartObject();
      json.writeStringField("name", variable.name());
      json.writeStringField("normalization", variable.formula());
      json.writeNumberField("values", variable.sorted().length);
      json.writeNumberField("exceptions", variable.exceptions());
      json.writeNumberField("mean", variable.mean());
      json.writeNumberField("deviation", variable.deviation());
      json.writeNumberField("lowQuantile", variable.quantile(TAIL));
      json.writeNumberField("median", variable.quantile(0.5));
      json.writeNumberField("highQuantile", variable.quantile(1 - TAIL));
      json.writeNumberField("smallest", variable.quantile(0));
      json.writeNumberField("largest", variable.quantile(1));
      json.writeNumberField("shareOfLoss", share(variable));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private List<List<String>> csv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "variable",
            "normalization",
            "values",
            "exceptions",
            "mean",
            "deviation",
            "low_quantile",
            "median",
            "high_quantile",
            "smallest",
            "largest",
            "share_of_loss"));
    for (NormalizedVariable variable : variables) {
      lines.add(
          List.of(
              variable.name(),
              variable.formula(),
              Integer.toString(variable.sorted().length),
              Integer.toString(variable.exceptions()),
              Double.toString(variable.mean()),
              Double.toString(variable.deviation()),
              Double.toString(variable.quantile(TAIL)),
              Double.toString(variable.quantile(0.5)),
              Double.toString(variable.quantile(1 - TAIL)),
              Double.toString(variable.quantile(0)),
              Double.toString(variable.quantile(1)),
              Double.toString(share(variable))));
    }
    return lines;
  }
}
