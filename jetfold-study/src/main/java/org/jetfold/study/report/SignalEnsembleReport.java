package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpComparison.Verdict;
import org.jetfold.study.bumphunt.Injections;
import org.jetfold.study.bumphunt.Injections.Mean;
import org.jetfold.study.picture.Chart;
import org.jspecify.annotations.Nullable;

/** Reports how significant an injected signal is on average, and what compression takes of it. */
public final class SignalEnsembleReport {
  /** A loss counts as seen from so many standard errors on. */
  private static final double SEEN = 3;

  private static final double ONE_SIGMA_BELOW = 0.16;
  private static final double ONE_SIGMA_ABOVE = 0.84;

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "injection",
              "A spectrum of background events, each as often as a Poisson number of mean 1 says,"
                  + " and a Poisson number of signal events."),
          new StudyReport.Term(
              "expected significance",
              "The mean, over injections, of the local significance of the most significant"
                  + " excess, in standard deviations. Without signal it is that of the largest"
                  + " fluctuation."),
          new StudyReport.Term(
              "loss",
              "The mean of the significance before less that after, of the same events. It is"
                  + " known better than the significances, which fluctuate together."),
          new StudyReport.Term(
              "power",
              "The part of the injections in which a bump is found: with a global p below %s."
                  .formatted(BumpComparison.FOUND_BELOW)));

  private final String input;
  private final @Nullable String settings;
  private final List<Injections> rows;

  private SignalEnsembleReport(String input, @Nullable String settings, List<Injections> rows) {
    this.input = input;
    this.settings = settings;
    this.rows = rows;
  }

  /**
   * Makes a report.
   *
   * @param input the background's table
   * @param settings with which it was compressed; null where it was not
   * @param rows one for each strength of the signal, at least one
   */
  public static StudyReport of(String input, @Nullable String settings, List<Injections> rows) {
    return new SignalEnsembleReport(input, settings, List.copyOf(rows)).report();
  }

  private StudyReport report() {
    return new StudyReport(
        new StudyReport.Story(
            "Expected significance of a signal in %s%s"
                .formatted(
                    input,
                    settings == null ? "" : ", before and after compression with " + settings),
            verdict(),
            headline(),
            findings(),
            TERMS),
        table(),
        List.of(chart()),
        this::json,
        csv());
  }

  private boolean isCompressed() {
    return rows.getFirst().isCompressed();
  }

  private boolean isLossSeen(Injections row) {
    return row.signal() > 0 && row.loss().value() > SEEN * row.loss().error();
  }

  private StudyReport.Verdict verdict() {
    if (!isCompressed()) {
      return StudyReport.Verdict.NEUTRAL;
    }
    return rows.stream().anyMatch(this::isLossSeen)
        ? StudyReport.Verdict.DOUBTFUL
        : StudyReport.Verdict.GOOD;
  }

  private String headline() {
    if (!isCompressed()) {
      return rows.stream()
          .map(row ->
              "%,d events of signal: %s expected"
                  .formatted(row.signal(), sigma(row.significance(false))))
          .collect(Collectors.joining("; "));
    }
    List<Injections> losing = rows.stream().filter(this::isLossSeen).toList();
    return losing.isEmpty()
        ? "No loss of significance is seen"
        : losing.stream()
            .map(row ->
                "%,d events of signal lose %s of %s"
                    .formatted(row.signal(), sigma(row.loss()), sigma(row.significance(false))))
            .collect(Collectors.joining("; "));
  }

  private static String sigma(Mean mean) {
    return number(mean) + " σ";
  }

  private static String number(Mean mean) {
    return "%s ± %s"
        .formatted(Quantities.decimal(mean.value(), 3), Quantities.decimal(mean.error(), 3));
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (isCompressed()) {
      for (Injections row : rows) {
        findings.add(
            "%,d events of signal: %s."
                .formatted(
                    row.signal(),
                    Arrays.stream(Verdict.values())
                        .filter(verdict -> row.count(verdict) > 0)
                        .map(verdict -> "%s %,d times".formatted(name(verdict), row.count(verdict)))
                        .collect(Collectors.joining(", "))));
      }
    }
    findings.add(
        "%s of each strength; local significances are of the most significant excess anywhere."
            .formatted(Quantities.count(rows.getFirst().found().size(), "injection")));
    return findings;
  }

  private static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private ResultTable table() {
    ResultTable.Builder table =
        new ResultTable.Builder()
            .numbers("signal")
            .words("when")
            .numbers("expected significance", "16 % to 84 %", "power", "loss");
    for (Injections row : rows) {
      for (boolean after : isCompressed() ? new boolean[] {false, true} : new boolean[] {false}) {
        table.row(
            Integer.toString(row.signal()),
            after ? "after" : "before",
            sigma(row.significance(after)),
            "%s to %s"
                .formatted(
                    Quantities.decimal(row.quantile(ONE_SIGMA_BELOW, after), 2),
                    Quantities.decimal(row.quantile(ONE_SIGMA_ABOVE, after), 2)),
            number(row.power(after)),
            after ? sigma(row.loss()) : "");
      }
    }
    return table.build();
  }

  private Chart chart() {
    List<Chart.Series> series = new ArrayList<>();
    double[] signal = each(Injections::signal);
    series.add(
        Chart.Series.points(
            isCompressed() ? "before" : "expected",
            signal,
            each(row -> row.significance(false).value()),
            each(row -> row.significance(false).error())));
    if (isCompressed()) {
      series.add(
          Chart.Series.points(
              "after",
              signal,
              each(row -> row.significance(true).value()),
              each(row -> row.significance(true).error())));
    }
    return new Chart(
        "Expected local significance",
        Chart.Axis.linear("events of signal"),
        Chart.Axis.linear("standard deviations"),
        series);
  }

  private double[] each(ToDoubleFunction<Injections> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("settings", settings);
    json.writeNumberField("foundBelow", BumpComparison.FOUND_BELOW);
    json.writeArrayFieldStart("strengths");
    for (Injections row : rows) {
      json.writeStartObject();
      json.writeNumberField("signalEvents", row.signal());
      json.writeNumberField("injections", row.found().size());
      write("before", row, false, json);
      if (isCompressed()) {
        write("after", row, true, json);
        json.writeNumberField("loss", row.loss().value());
        json.writeNumberField("lossError", row.loss().error());
        json.writeObjectFieldStart("verdicts");
        for (Verdict verdict : Verdict.values()) {
          json.writeNumberField(verdict.name().toLowerCase(Locale.ROOT), row.count(verdict));
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(String name, Injections row, boolean after, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("significance", row.significance(after).value());
    json.writeNumberField("significanceError", row.significance(after).error());
    json.writeNumberField("significanceLow", row.quantile(ONE_SIGMA_BELOW, after));
    json.writeNumberField("significanceHigh", row.quantile(ONE_SIGMA_ABOVE, after));
    json.writeNumberField("power", row.power(after).value());
    json.writeNumberField("powerError", row.power(after).error());
    json.writeEndObject();
  }

  private List<List<String>> csv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "signal_events",
            "when",
            "injections",
            "significance",
            "significance_error",
            "power",
            "power_error",
            "loss",
            "loss_error"));
    for (Injections row : rows) {
      for (boolean after : isCompressed() ? new boolean[] {false, true} : new boolean[] {false}) {
        lines.add(
            List.of(
                Integer.toString(row.signal()),
                after ? "after" : "before",
                Integer.toString(row.found().size()),
                Double.toString(row.significance(after).value()),
                Double.toString(row.significance(after).error()),
                Double.toString(row.power(after).value()),
                Double.toString(row.power(after).error()),
                after ? Double.toString(row.loss().value()) : "",
                after ? Double.toString(row.loss().error()) : ""));
      }
    }
    return lines;
  }
}
