package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.BinCounts;
import org.jetfold.study.bumphunt.Bump;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpComparison.Comparison;
import org.jetfold.study.bumphunt.BumpComparison.Shift;
import org.jetfold.study.bumphunt.BumpComparison.Verdict;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.bumphunt.GlobalP;
import org.jetfold.study.picture.Chart;
import org.jspecify.annotations.Nullable;

/** Reports what bump hunts found. */
public final class BumpHuntReport {
  /** Fits that are less likely than this are pointed out. */
  private static final double BAD_FIT = 1e-5;

  private static final String TOO_FEW =
      "too few pseudo-experiments to tell whether the global p is below %s: none was as extreme"
          .formatted(BumpComparison.FOUND_BELOW);

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "local p",
              "The probability that the background alone fills this window as much, or more."),
          new StudyReport.Term(
              "global p",
              "The part of pseudo-experiments without signal that have a window as unlikely"
                  + " anywhere in the spectrum. Its error is binomial; where no pseudo-experiment"
                  + " has one, or every one has, the limit of 95 % confidence is given, and the"
                  + " significance has a > or < before it."),
          new StudyReport.Term(
              "significance",
              "The global p-value in standard deviations of a normal distribution."),
          new StudyReport.Term(
              "fit p",
              "The probability that the fitted function describes the spectrum no better than it"
                  + " does. Where it is tiny, bumps are the fit's."),
          new StudyReport.Term(
              "pull",
              "(events − background) / √background of a bin (with weights, / √(background ·"
                  + " Σw²/Σw)): what statistics alone keep within about ±2."));

  private final Subject subject;
  private final List<Row> rows;
  private final List<Row> misfits;

  /**
   * What was hunted in.
   *
   * @param input the table's name
   * @param label what is on the horizontal axis
   * @param settings with which it was compressed; null where it was not
   * @param fit what was fitted; null where the background was known
   */
  public record Subject(
      String input, String label, @Nullable String settings, Bins bins, @Nullable DijetFit fit) {}

  /**
   * A hunt.
   *
   * @param signal how many events of signal were mixed in
   */
  public record Row(int signal, Comparison comparison) {}

  /** A hunt's spectrum before or after compression. */
  private record Spectrum(Row row, boolean isAfter, BumpHunt.Found found) {
    String when() {
      return isAfter ? "after" : "before";
    }
  }

  private BumpHuntReport(Subject subject, List<Row> rows) throws StudyException {
    this.subject = subject;
    this.rows = rows;
    misfits = new ArrayList<>();
    for (Spectrum spectrum : spectra()) {
      if (goodness(spectrum) < BAD_FIT && !misfits.contains(spectrum.row)) {
        misfits.add(spectrum.row);
      }
    }
  }

  /**
   * Makes the report of some hunts.
   *
   * @param rows at least one; all with compression, or none
   * @throws StudyException where the background cannot be fitted
   */
  public static StudyReport of(Subject subject, List<Row> rows) throws StudyException {
    return new BumpHuntReport(subject, List.copyOf(rows)).report();
  }

  private StudyReport report() throws StudyException {
    String title =
        subject.settings == null
            ? "Bump hunt in %s".formatted(subject.input)
            : "Bump hunt in %s, before and after compression with %s"
                .formatted(subject.input, subject.settings);
    return new StudyReport(
        new StudyReport.Story(title, verdict(), headline(), findings(), TERMS),
        table(),
        rows.stream().map(this::chart).toList(),
        this::json,
        csv());
  }

  private List<Spectrum> spectra() {
    List<Spectrum> spectra = new ArrayList<>();
    for (Row row : rows) {
      spectra.add(new Spectrum(row, false, row.comparison.before()));
      BumpHunt.Found after = row.comparison.after();
      if (after != null) {
        spectra.add(new Spectrum(row, true, after));
      }
    }
    return spectra;
  }

  /** The fit's p-value; NaN where nothing was fitted. */
  private double goodness(Spectrum spectrum) throws StudyException {
    DijetFit fit = subject.fit;
    return fit == null ? Double.NaN : fit.fit(spectrum.found.observed()).goodness();
  }

  private boolean isCompressed() {
    return rows.getFirst().comparison.after() != null;
  }

  private List<Row> with(Verdict... verdicts) {
    return rows.stream()
        .filter(row -> Arrays.asList(verdicts).contains(row.comparison.verdict()))
        .toList();
  }

  private StudyReport.Verdict verdict() {
    if (isCompressed() && !with(Verdict.LOST, Verdict.MADE, Verdict.MOVED).isEmpty()) {
      return StudyReport.Verdict.BAD;
    }
    if (!misfits.isEmpty() || !with(Verdict.UNCLEAR, Verdict.TOO_FEW).isEmpty()) {
      return StudyReport.Verdict.DOUBTFUL;
    }
    return isCompressed() ? StudyReport.Verdict.GOOD : StudyReport.Verdict.NEUTRAL;
  }

  private String headline() {
    String found = isCompressed() ? compared() : hunted();
    return misfits.isEmpty()
        ? found
        : "%s; but the fit does not describe %s".formatted(found, spectraWith(misfits));
  }

  /** What compression did. */
  private String compared() {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict :
        List.of(Verdict.LOST, Verdict.MADE, Verdict.MOVED, Verdict.UNCLEAR, Verdict.TOO_FEW)) {
      List<Row> such = with(verdict);
      if (!such.isEmpty()) {
        parts.add(spectraWith(such) + ": " + said(verdict));
      }
    }
    if (!parts.isEmpty()) {
      return capitalized(String.join("; ", parts));
    }
    int kept = with(Verdict.KEPT).size();
    return kept == 0
        ? "No bump before compression, and none after"
        : kept == 1
            ? "The bump is kept, and none is made"
            : "All %d bumps are kept, and none is made".formatted(kept);
  }

  /** What is in a spectrum that was not compressed. */
  private String hunted() {
    return rows.stream()
        .map(row -> {
          BumpHunt.Found found = row.comparison.before();
          String what =
              !found.bump().exists()
                  ? "no excess anywhere"
                  : "%s at %s, %s"
                      .formatted(
                          switch (row.comparison.verdict()) {
                            case KEPT -> "a bump";
                            case TOO_FEW -> "perhaps a bump (%s):".formatted(TOO_FEW);
                            default -> "no bump: the most significant excess is";
                          },
                          interval(found.bump()),
                          significance(found.globalP()));
          return rows.size() == 1
              ? capitalized(what)
              : "%s: %s".formatted(capitalized(spectraWith(List.of(row))), what);
        })
        .collect(Collectors.joining("; "));
  }

  private static String spectraWith(List<Row> some) {
    return some.stream()
        .map(row -> row.signal == 0 ? "none" : "%,d".formatted(row.signal))
        .collect(
            Collectors.joining(
                ", ",
                "with ",
                some.size() == 1 && some.getFirst().signal == 1
                    ? " event of signal"
                    : " events of signal"))
        .replace("with none events of signal", "without signal")
        .replace("none", "0");
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case NONE -> "no bump before, none after";
      case KEPT -> "the bump is kept";
      case LOST -> "the bump is LOST";
      case MADE -> "a bump is MADE";
      case MOVED -> "the bump is MOVED";
      case UNCLEAR ->
          "a bump is found once only, but within the error of the global p: more"
              + " pseudo-experiments would tell";
      case TOO_FEW -> TOO_FEW;
    };
  }

  private List<String> findings() throws StudyException {
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      Shift shift = row.comparison.shift();
      if (shift != null) {
        findings.add(
            "%s: %s. The %s changes by %s (mean) and %s (RMS); %s in another bin, %s out of the range, %s into it."
                .formatted(
                    capitalized(spectraWith(List.of(row))),
                    said(row.comparison.verdict()),
                    subject.label.replaceFirst(" \\[.*", ""),
                    percent(shift.mean()),
                    percent(shift.rms()),
                    Quantities.count(shift.otherBin(), "event"),
                    "%,d".formatted(shift.lost()),
                    "%,d".formatted(shift.gained())));
      }
    }
    for (Spectrum spectrum : spectra()) {
      if (goodness(spectrum) < BAD_FIT) {
        findings.add(
            "%s, %s: the fit does not describe the spectrum (p %s). Neither bump nor p-value can be trusted."
                .formatted(
                    capitalized(spectraWith(List.of(spectrum.row))),
                    isCompressed() ? spectrum.when() + " compression" : "as it is",
                    Quantities.error(goodness(spectrum))));
      }
    }
    if (rows.getFirst().comparison.before().observed().isWeighted()) {
      findings.add(
          "Events are weighted: the sum W of a bin's weights counts as W/s Poisson events with s ="
              + " Σw²/Σw.");
    }
    findings.add(
        "A bump counts as found where the global p-value is below %s."
            .formatted(BumpComparison.FOUND_BELOW));
    return findings;
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }

  private ResultTable table() throws StudyException {
    ResultTable.Builder table =
        new ResultTable.Builder()
            .numbers("signal")
            .words("when")
            .numbers(
                "events",
                "fit p",
                "bump",
                "observed",
                "expected",
                "local p",
                "global p",
                "significance");
    for (Spectrum spectrum : spectra()) {
      BumpHunt.Found found = spectrum.found;
      Bump bump = found.bump();
      table.row(
          Integer.toString(spectrum.row.signal),
          spectrum.when(),
          Quantities.decimal(Arrays.stream(found.observed().sums()).sum(), 0),
          subject.fit == null ? "" : Quantities.error(goodness(spectrum)),
          bump.exists() ? interval(bump) : "none",
          Quantities.decimal(bump.observed(), 0),
          Quantities.decimal(bump.expected(), 1),
          Quantities.significant(bump.localP(), 4),
          probability(found.globalP()),
          significance(found.globalP()));
    }
    return table.build();
  }

  private String interval(Bump bump) {
    return "%s to %s"
        .formatted(
            Quantities.significant(subject.bins.edge(bump.firstBin()), 5),
            Quantities.significant(subject.bins.edge(bump.firstBin() + bump.width()), 5));
  }

  private static String probability(GlobalP p) {
    if (p.isLimit()) {
      return "< %s (95 %%)".formatted(Quantities.significant(p.upperLimit(), 2));
    }
    return p.isLowerLimit()
        ? "> %s (95 %%)".formatted(Quantities.significant(p.lowerLimit(), 4))
        : "%s ± %s"
            .formatted(Quantities.significant(p.value(), 4), Quantities.significant(p.error(), 2));
  }

  /** In standard deviations; where p is below a limit, this is above one, and the other way. */
  private static String significance(GlobalP p) {
    String sign = p.isLimit() ? ">" : p.isLowerLimit() ? "<" : "";
    return "%s%s σ".formatted(sign, Quantities.decimal(p.significance(), 2));
  }

  /** Both spectra over one another, with the background, and the pulls below. */
  private Chart chart(Row row) {
    Bins bins = subject.bins;
    double[] edges = bins.edges();
    double[] centers = bins.centers();
    BumpHunt.Found before = row.comparison.before();
    BumpHunt.Found after = row.comparison.after();
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
    spectra.add(
        Chart.Series.line(subject.fit == null ? "expected" : "fit", centers, last.expected()));
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
                capitalized(spectraWith(List.of(row))),
                probability(before.globalP()),
                after == null ? "" : " before, %s after".formatted(probability(after.globalP()))),
        Chart.Axis.linear(subject.label),
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

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", subject.input);
    json.writeStringField("observable", subject.label);
    json.writeStringField("settings", subject.settings);
    json.writeNumberField("foundBelow", BumpComparison.FOUND_BELOW);
    numbers("edges", subject.bins.edges(), json);
    json.writeArrayFieldStart("hunts");
    for (Row row : rows) {
      Comparison comparison = row.comparison;
      json.writeStartObject();
      json.writeNumberField("signalEvents", row.signal);
      write("before", comparison.before(), json);
      write("after", comparison.after(), json);
      json.writeStringField("verdict", isCompressed() ? name(comparison.verdict()) : null);
      Shift shift = comparison.shift();
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

  private static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static void numbers(String name, double[] values, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  private void write(String name, BumpHunt.@Nullable Found found, JsonGenerator json)
      throws IOException {
    if (found == null) {
      json.writeNullField(name);
      return;
    }
    Bump bump = found.bump();
    json.writeObjectFieldStart(name);
    json.writeNumberField("low", subject.bins.edge(bump.firstBin()));
    json.writeNumberField("high", subject.bins.edge(bump.firstBin() + bump.width()));
    json.writeNumberField("firstBin", bump.firstBin());
    json.writeNumberField("width", bump.width());
    json.writeNumberField("observed", bump.observed());
    json.writeNumberField("expected", bump.expected());
    json.writeNumberField("localP", bump.localP());
    json.writeNumberField("statistic", bump.statistic());
    json.writeNumberField("globalP", found.globalP().value());
    json.writeNumberField("globalPError", found.globalP().error());
    json.writeNumberField("globalPUpperLimit", found.globalP().upperLimit());
    json.writeNumberField("globalPLowerLimit", found.globalP().lowerLimit());
    json.writeNumberField("experiments", found.globalP().experiments());
    numbers("events", found.observed().sums(), json);
    numbers("scales", found.observed().scales(), json);
    numbers("background", found.expected(), json);
    json.writeEndObject();
  }

  private List<List<String>> csv() {
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
    for (Spectrum spectrum : spectra()) {
      Bump bump = spectrum.found.bump();
      lines.add(
          List.of(
              Integer.toString(spectrum.row.signal),
              spectrum.when(),
              Double.toString(subject.bins.edge(bump.firstBin())),
              Double.toString(subject.bins.edge(bump.firstBin() + bump.width())),
              Double.toString(bump.observed()),
              Double.toString(bump.expected()),
              Double.toString(bump.localP()),
              Double.toString(bump.statistic()),
              Double.toString(spectrum.found.globalP().value()),
              Double.toString(spectrum.found.globalP().error()),
              isCompressed() ? name(spectrum.row.comparison.verdict()) : ""));
    }
    return lines;
  }
}
