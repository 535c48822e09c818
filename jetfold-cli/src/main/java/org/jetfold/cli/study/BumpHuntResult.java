package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.Bump;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.bumphunt.GlobalP;
import org.jetfold.study.picture.Chart;
import org.jspecify.annotations.Nullable;

/**
 * What bump hunts found, as text, JSON and charts.
 *
 * @param settings with which it was compressed; null where it was not
 * @param fit what was fitted; null where the background was known
 */
record BumpHuntResult(
    String input,
    String label,
    @Nullable String settings,
    Bins bins,
    @Nullable DijetFit fit,
    List<Row> rows) {
  /** Fits that are less likely than this are pointed out. */
  private static final double BAD_FIT = 1e-5;

  /** A hunt with some events of signal mixed in. */
  record Row(int signal, BumpComparison.Comparison comparison) {}

  private interface Visit {
    void hunt(Row row, String when, BumpHunt.Found found) throws StudyException, IOException;
  }

  private void forEach(Visit visit) throws StudyException, IOException {
    for (Row row : rows) {
      visit.hunt(row, "before", row.comparison().before());
      BumpHunt.Found after = row.comparison().after();
      if (after != null) {
        visit.hunt(row, "after", after);
      }
    }
  }

  StudyResult result() throws StudyException, IOException {
    String title =
        settings == null
            ? "Bump hunt in %s".formatted(input)
            : "Bump hunt in %s, before and after compression with %s".formatted(input, settings);
    return new StudyResult(title, findings(), table(), charts(), this::json, csv());
  }

  /** A bump on a background that does not fit is no bump. */
  private List<String> badFits(DijetFit used) throws StudyException, IOException {
    List<String> bad = new ArrayList<>();
    forEach((row, when, found) -> {
      double goodness = used.fit(found.observed()).goodness();
      if (goodness < BAD_FIT) {
        bad.add(
            "With %s of signal, %s compression: the fit does not describe the spectrum (p %s), so neither bump nor p-value can be trusted."
                .formatted(
                    Quantities.count(row.signal(), "event"), when, Quantities.error(goodness)));
      }
    });
    return bad;
  }

  private List<String> findings() throws StudyException, IOException {
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      BumpComparison.Comparison comparison = row.comparison();
      if (comparison.after() != null) {
        findings.add(
            "%s: %s"
                .formatted(
                    row.signal() == 0
                        ? "Without signal"
                        : "With %s of signal".formatted(Quantities.count(row.signal(), "event")),
                    said(comparison.verdict())));
      }
      BumpComparison.Shift shift = comparison.shift();
      if (shift != null) {
        findings.add(
            "  relative change of the %s: mean %s, RMS %s; %s in another bin, %d out of the range, %d into it"
                .formatted(
                    label,
                    Quantities.error(shift.mean()),
                    Quantities.error(shift.rms()),
                    Quantities.count(shift.otherBin(), "event"),
                    shift.lost(),
                    shift.gained()));
      }
    }
    DijetFit used = fit;
    if (used != null) {
      findings.addAll(badFits(used));
    }
    findings.add(
        "A bump counts as found where the global p-value is below %s. Its error is binomial."
            .formatted(BumpComparison.FOUND_BELOW));
    return findings;
  }

  private static String said(BumpComparison.Verdict verdict) {
    return switch (verdict) {
      case NONE -> "no bump before, none after.";
      case KEPT -> "the bump is kept.";
      case LOST -> "the bump is LOST.";
      case MADE -> "a bump is MADE.";
      case MOVED -> "the bump is MOVED.";
      case UNCLEAR ->
          "found once only, but within the error of the global p: take more --experiments.";
    };
  }

  private List<String> table() throws StudyException, IOException {
    TextTable table =
        new TextTable(
            Side.RIGHT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    table.line(
        "signal",
        "when",
        "events",
        "fit p",
        "bump",
        "observed",
        "expected",
        "local p",
        "global p",
        "sigma");
    table.rule();
    forEach((row, when, found) -> {
      Bump bump = found.bump();
      DijetFit used = fit;
      table.line(
          Integer.toString(row.signal()),
          when,
          Quantities.decimal(sum(found.observed()), 0),
          used == null ? "" : Quantities.error(used.fit(found.observed()).goodness()),
          bump.exists() ? interval(bump) : "none",
          Quantities.decimal(bump.observed(), 0),
          Quantities.decimal(bump.expected(), 1),
          Quantities.significant(bump.localP(), 4),
          probability(found.globalP()),
          Quantities.decimal(found.globalP().significance(), 2));
    });
    return table.lines();
  }

  private String interval(Bump bump) {
    return "%s to %s"
        .formatted(
            Quantities.significant(bins.edge(bump.firstBin()), 5),
            Quantities.significant(bins.edge(bump.firstBin() + bump.width()), 5));
  }

  private static String probability(GlobalP p) {
    return p.above() == 0
        ? "< %s (95 %%)".formatted(Quantities.significant(p.upperLimit(), 2))
        : "%s ± %s"
            .formatted(Quantities.significant(p.value(), 4), Quantities.significant(p.error(), 2));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private List<Chart> charts() throws StudyException, IOException {
    List<Chart> charts = new ArrayList<>();
    double[] edges = new double[bins.count() + 1];
    double[] centers = new double[bins.count()];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = bins.edge(i);
    }
    for (int i = 0; i < centers.length; i++) {
      centers[i] = bins.center(i);
    }
    forEach((row, when, found) -> {
      double[] errors = new double[centers.length];
      double[] window = new double[centers.length];
      Arrays.fill(window, Double.NaN);
      Bump bump = found.bump();
      for (int i = 0; i < errors.length; i++) {
        errors[i] = Math.sqrt(found.observed()[i]);
        if (i >= bump.firstBin() && i < bump.firstBin() + bump.width()) {
          window[i] = found.observed()[i];
        }
      }
      List<Chart.Series> series = new ArrayList<>();
      series.add(Chart.Series.points("events", centers, found.observed(), errors));
      series.add(Chart.Series.line(fit == null ? "expected" : "fit", centers, found.expected()));
      if (bump.exists()) {
        series.add(Chart.Series.steps("bump", edges, window));
      }
      charts.add(
          new Chart(
              "%s, %d events of signal%s: global p %s"
                  .formatted(
                      settings == null
                          ? "As it is"
                          : when.equals("before") ? "Before" : "After compression",
                      row.signal(),
                      "",
                      probability(found.globalP())),
              Chart.Axis.linear(label),
              Chart.Axis.logarithmic("events / bin"),
              series));
    });
    return charts;
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("observable", label);
    json.writeStringField("settings", settings);
    json.writeNumberField("foundBelow", BumpComparison.FOUND_BELOW);
    json.writeArrayFieldStart("edges");
    for (int i = 0; i <= bins.count(); i++) {
      json.writeNumber(bins.edge(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("hunts");
    for (Row row : rows) {
      BumpComparison.Comparison comparison = row.comparison();
      json.writeStartObject();
      json.writeNumberField("signalEvents", row.signal());
      write("before", comparison.before(), json);
      write("after", comparison.after(), json);
      json.writeStringField(
          "verdict",
          comparison.after() == null ? null : comparison.verdict().name().toLowerCase(Locale.ROOT));
      BumpComparison.Shift shift = comparison.shift();
      if (shift != null) {
        json.writeNumberField("compressedBytes", comparison.bytes());
        json.writeNumberField("meanChange", shift.mean());
        json.writeNumberField("rmsChange", shift.rms());
        json.writeNumberField("inOtherBin", shift.otherBin());
        json.writeNumberField("outOfRange", shift.lost());
        json.writeNumberField("intoRange", shift.gained());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(String name, BumpHunt.@Nullable Found found, JsonGenerator json)
      throws IOException {
    if (found == null) {
      json.writeNullField(name);
      return;
    }
    Bump bump = found.bump();
    json.writeObjectFieldStart(name);
    json.writeNumberField("low", bins.edge(bump.firstBin()));
    json.writeNumberField("high", bins.edge(bump.firstBin() + bump.width()));
    json.writeNumberField("firstBin", bump.firstBin());
    json.writeNumberField("width", bump.width());
    json.writeNumberField("observed", bump.observed());
    json.writeNumberField("expected", bump.expected());
    json.writeNumberField("localP", bump.localP());
    json.writeNumberField("statistic", bump.statistic());
    json.writeNumberField("globalP", found.globalP().value());
    json.writeNumberField("globalPError", found.globalP().error());
    json.writeNumberField("globalPUpperLimit", found.globalP().upperLimit());
    json.writeNumberField("experiments", found.globalP().experiments());
    json.writeArrayFieldStart("events");
    for (double count : found.observed()) {
      json.writeNumber(count);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("background");
    for (double count : found.expected()) {
      json.writeNumber(count);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private List<List<String>> csv() throws StudyException, IOException {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "signal_events",
            "when",
            "low",
            "high",
            "observed",
            "expected",
            "local_p",
            "statistic",
            "global_p",
            "global_p_error",
            "verdict"));
    forEach((row, when, found) -> {
      Bump bump = found.bump();
      lines.add(
          List.of(
              Integer.toString(row.signal()),
              when,
              Double.toString(bins.edge(bump.firstBin())),
              Double.toString(bins.edge(bump.firstBin() + bump.width())),
              Double.toString(bump.observed()),
              Double.toString(bump.expected()),
              Double.toString(bump.localP()),
              Double.toString(bump.statistic()),
              Double.toString(found.globalP().value()),
              Double.toString(found.globalP().error()),
              row.comparison().after() == null
                  ? ""
                  : row.comparison().verdict().name().toLowerCase(Locale.ROOT)));
    });
    return lines;
  }
}
