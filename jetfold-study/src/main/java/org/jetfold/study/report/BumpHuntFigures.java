package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.bumphunt.Bump;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpComparison.Comparison;
import org.jetfold.study.bumphunt.BumpComparison.Shift;
import org.jetfold.study.bumphunt.BumpComparison.Verdict;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.report.BumpHuntReport.Row;
import org.jetfold.study.report.BumpHuntReport.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The figures of bump hunts: as a table, as JSON and as CSV.
 *
 * @param subject what was hunted in
 * @param rows at least one; all with compression, or none
 */
record BumpHuntFigures(Subject subject, List<Row> rows) {
  /** A hunt's spectrum before or after compression. */
  record Spectrum(Row row, boolean isAfter, BumpHunt.Found found) {
    String when() {
      return isAfter ? "after" : "before";
    }
  }

  boolean isCompressed() {
    return rows.getFirst().comparison().after() != null;
  }

  List<Spectrum> spectra() {
    List<Spectrum> spectra = new ArrayList<>();
    for (Row row : rows) {
      spectra.add(new Spectrum(row, false, row.comparison().before()));
      BumpHunt.Found after = row.comparison().after();
      if (after != null) {
        spectra.add(new Spectrum(row, true, after));
      }
    }
    return spectra;
  }

  /** The fit's p-value; NaN where nothing was fitted. */
  double goodness(Spectrum spectrum) throws StudyException {
    DijetFit fit = subject.fit();
    return fit == null ? Double.NaN : fit.fit(spectrum.found.observed()).goodness();
  }

  ResultTable table() throws StudyException {
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
          Integer.toString(spectrum.row.signal()),
          spectrum.when(),
          Quantities.decimal(Arrays.stream(found.observed().sums()).sum(), 0),
          subject.fit() == null ? "" : Quantities.error(goodness(spectrum)),
          bump.exists() ? BumpHuntWords.interval(subject.bins(), bump) : "none",
          Quantities.decimal(bump.observed(), 0),
          Quantities.decimal(bump.expected(), 1),
          Quantities.significant(bump.localP(), 4),
          BumpHuntWords.probability(found.globalP()),
          BumpHuntWords.significance(found.globalP()));
    }
    return table.build();
  }

  void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", subject.input());
    json.writeStringField("observable", subject.label());
    json.writeStringField("settings", subject.settings());
    json.writeNumberField("foundBelow", BumpComparison.FOUND_BELOW);
    numbers("edges", subject.bins().edges(), json);
    json.writeArrayFieldStart("hunts");
    for (Row row : rows) {
      Comparison comparison = row.comparison();
      json.writeStartObject();
      json.writeNumberField("signalEvents", row.signal());
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
    json.writeNumberField("low", subject.bins().edge(bump.firstBin()));
    json.writeNumberField("high", subject.bins().edge(bump.firstBin() + bump.width()));
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

  List<List<String>> csv() {
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
              Integer.toString(spectrum.row.signal()),
              spectrum.when(),
              Double.toString(subject.bins().edge(bump.firstBin())),
              Double.toString(subject.bins().edge(bump.firstBin() + bump.width())),
              Double.toString(bump.observed()),
              Double.toString(bump.expected()),
              Double.toString(bump.localP()),
              Double.toString(bump.statistic()),
              Double.toString(spectrum.found.globalP().value()),
              Double.toString(spectrum.found.globalP().error()),
              isCompressed() ? name(spectrum.row.comparison().verdict()) : ""));
    }
    return lines;
  }
}
