package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.TableQuantizationDetector;
import org.jetfold.codec.detection.TableQuantizationDetector.Finding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.quantization.DoubleQuantization;
import org.jspecify.annotations.Nullable;

/** Reports how columns were rounded before, and what rounding does to a column's histogram. */
public final class DoubleQuantizationReport {
  private static final StudyReport.Term DETECTOR =
      new StudyReport.Term(
          "detector",
          "It finds earlier rounding from the values alone: mantissa bits that no value uses, or a"
              + " grid that all values lie on. It speaks where values that nobody rounded would"
              + " look so by a chance below 1e-9.");

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term("level", "A value that is left after rounding."),
          new StudyReport.Term(
              "peaks and troughs",
              "Bins that are not a whole number of level distances wide hold now more, now fewer"
                  + " levels than their neighbours. Their heights follow, though the spectrum is"
                  + " smooth. This is double quantization."),
          new StudyReport.Term(
              "factor",
              "By how much a bin is too high or too low, computed from its levels alone. Heights"
                  + " are corrected by dividing by it."),
          new StudyReport.Term(
              "magic bins",
              "Bins with edges half-way between levels, a whole number of level distances wide."
                  + " Each holds the same values before and after rounding, so they have no"
                  + " peaks."),
          DETECTOR);

  /** Of more ranges than these, the table is of all of them together. */
  private static final int MAX_RANGES = 40;

  private final String input;
  private final ColumnRounding found;
  private final String how;

  private DoubleQuantizationReport(String input, ColumnRounding found) {
    this.input = input;
    this.found = found;
    how =
        found.precision() == null
            ? found.after().toString()
            : "quantized with " + found.precision();
  }

  /**
   * The bins of a histogram.
   *
   * @param range its lower and upper end; null for that of the values
   * @param count how many bins, at least 1
   */
  public record Histogram(double @Nullable [] range, int count) {
    private Bins bins(double[] values) throws StudyException {
      double[] ends = range == null ? ends(values) : range;
      try {
        return Bins.uniform(ends[0], ends[1], count);
      } catch (IllegalArgumentException e) {
        throw new StudyException(
            "%d bins from %s to %s are narrower than numbers can be: choose a wider range or fewer bins"
                .formatted(count, ends[0], ends[1]));
      }
    }

    /** Where values are, the largest one in the last bin. */
    static double[] ends(double[] values) {
      double low = Arrays.stream(values).filter(Double::isFinite).min().orElseThrow();
      double high = Arrays.stream(values).filter(Double::isFinite).max().orElseThrow();
      // The largest value belongs to the last bin.
      return new double[] {low, high + Math.max((high - low) / (1 << 20), Math.ulp(high))};
    }
  }

  /**
   * Says how each column of a table was rounded before.
   *
   * @param input the table's name
   */
  public static StudyReport ofTable(String input, TableSource source) throws IOException {
    TableQuantizationDetector detector = new TableQuantizationDetector(source.schema());
    source.forEachPiece(detector::add);
    List<Finding> findings = detector.findings();
    ResultTable.Builder table = new ResultTable.Builder().words("column").words("was");
    List<List<String>> csv = new ArrayList<>(List.of(List.of("column", "was")));
    for (Finding finding : findings) {
      String was = finding.quantization().toString();
      table.row(finding.column().path(), was);
      csv.add(List.of(finding.column().path(), was));
    }
    long rounded =
        findings.stream()
            .filter(finding -> !(finding.quantization() instanceof Quantization.None))
            .count();
    return new StudyReport(
        new StudyReport.Story(
            "How the columns of %s were rounded before".formatted(input),
            StudyReport.Verdict.NEUTRAL,
            rounded == 0
                ? "No column was rounded before, as far as the values tell"
                : "%d of %s %s rounded before"
                    .formatted(
                        rounded,
                        Quantities.count(findings.size(), "float column"),
                        rounded == 1 ? "was" : "were"),
            List.of(
                "Rounding is reported where values that nobody rounded would look like that by a"
                    + " chance below 1e-9."),
            List.of(DETECTOR)),
        table.build(),
        List.of(),
        json -> {
          json.writeStringField("file", input);
          json.writeArrayFieldStart("columns");
          for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("path", finding.column().path());
            write(finding.quantization(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
        },
        csv);
  }

  /**
   * Says what rounding does to a column.
   *
   * @param input the table's name
   * @param values all values of the column
   * @param weights one for each value; null for 1 each
   * @param precision what to quantize with; null where the values are rounded already
   * @throws StudyException where the column is not of floats, has no values, or was not rounded
   */
  public static StudyReport ofColumn(
      String input,
      Column column,
      ColumnValues values,
      double @Nullable [] weights,
      @Nullable Precision precision,
      Histogram histogram)
      throws StudyException {
    requireFloats(column);
    return new DoubleQuantizationReport(
            input, ColumnRounding.of(column, values, weights, precision, histogram::bins))
        .report();
  }

  static void requireFloats(Column column) throws StudyException {
    if (!column.type().isFloat()) {
      throw new StudyException(
          "column %s has type %s: only floats are rounded".formatted(column.name(), column.type()));
    }
  }

  private StudyReport report() {
    return new StudyReport(
        new StudyReport.Story(
            "Double quantization of %s in %s, %s".formatted(found.column().name(), input, how),
            StudyReport.Verdict.NEUTRAL,
            headline(),
            findings(),
            TERMS),
        table(),
        charts(),
        this::json,
        csv());
  }

  private double extreme(boolean largest) {
    double extreme = 1;
    for (int bin = 0; bin < found.bins().count(); bin++) {
      if (found.peaks().levels(bin) > 0) {
        double factor = found.peaks().factor(bin);
        extreme = largest ? Math.max(extreme, factor) : Math.min(extreme, factor);
      }
    }
    return extreme;
  }

  private String headline() {
    double lowest = extreme(false);
    double highest = extreme(true);
    String peaks =
        highest - lowest < 1e-9
            ? "Rounding makes no peaks in these bins"
            : "Rounding makes peaks up to %s and troughs down to %s"
                .formatted(percentOf(highest), percentOf(lowest));
    return "%s; magic bins are %s wide".formatted(peaks, magicWidth());
  }

  /** A factor as a change: +24 %, −49 %. */
  private static String percentOf(double factor) {
    String size = Quantities.significant(100 * Math.abs(factor - 1), 2) + " %";
    return (factor < 1 ? "−" : "+") + size;
  }

  private String magicWidth() {
    String width = Quantities.significant(found.magic().multiple() * found.magic().step(), 7);
    String unit = found.column().unit();
    return unit.isEmpty() ? width : width + " " + unit;
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    findings.add("As it came, the column was %s.".formatted(found.before()));
    if (found.precision() != null) {
      findings.add(
          "Quantized with %s, the detector says: %s.".formatted(found.precision(), found.after()));
    }
    int empty = found.emptyBins();
    if (empty > 0) {
      findings.add(
          "%s without any level, and empty whatever the spectrum is. Their corrected heights are undefined."
              .formatted(Quantities.count(empty, "bin is", "bins are")));
    }
    double[] original = found.original();
    if (original != null) {
      findings.add(
          "Heights differ from those before rounding by %s (RMS over bins); by %s from the prediction; by %s after correction."
              .formatted(
                  percent(DoubleQuantization.deviation(found.quantized(), original)),
                  percent(
                      DoubleQuantization.deviation(
                          found.quantized(), found.peaks().predicted(original))),
                  percent(
                      DoubleQuantization.deviation(
                          found.peaks().corrected(found.quantized()), original))));
    }
    findings.add(
        "Magic bins are %s wide, %s the largest level distance of %s, from %s on.%s"
            .formatted(
                magicWidth(),
                found.magic().multiple() == 1 ? "once" : found.magic().multiple() + " times",
                Quantities.significant(found.magic().step(), 7),
                Quantities.significant(found.magic().bins().low(), 9),
                found.magicOriginal() == null
                    ? ""
                    : " %s of these %s %s other values than before."
                        .formatted(
                            found.changedMagicBins() == 0
                                ? "None"
                                : "%,d".formatted(found.changedMagicBins()),
                            Quantities.count(found.magic().bins().count(), "bin"),
                            found.changedMagicBins() > 1 ? "hold" : "holds")));
    return findings;
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }

  /** The parts of the histogram in which levels are equally far apart, as first and end bins. */
  private List<int[]> ranges() {
    Bins bins = found.bins();
    List<int[]> ranges = new ArrayList<>();
    int from = 0;
    for (int bin = 1; bin <= bins.count(); bin++) {
      if (bin == bins.count() || spacing(bin) != spacing(from)) {
        ranges.add(new int[] {from, bin});
        from = bin;
      }
    }
    return ranges;
  }

  private double spacing(int bin) {
    return found.levels().spacing(found.bins().center(bin));
  }

  private ResultTable table() {
    ResultTable.Builder table =
        new ResultTable.Builder()
            .numbers(
                "from",
                "to",
                "level distance",
                "bin / distance",
                "levels a bin",
                "lowest factor",
                "highest factor");
    Bins bins = found.bins();
    List<int[]> ranges = ranges();
    // A relative precision has levels that are nowhere equally far apart.
    boolean many = ranges.size() > MAX_RANGES;
    if (many) {
      ranges = List.of(new int[] {0, bins.count()});
    }
    for (int[] range : ranges) {
      double spacing = spacing(range[0]);
      long fewest = Long.MAX_VALUE;
      long most = 0;
      double lowest = Double.POSITIVE_INFINITY;
      double highest = 0;
      for (int bin = range[0]; bin < range[1]; bin++) {
        fewest = Math.min(fewest, found.peaks().levels(bin));
        most = Math.max(most, found.peaks().levels(bin));
        lowest = Math.min(lowest, found.peaks().factor(bin));
        highest = Math.max(highest, found.peaks().factor(bin));
      }
      table.row(
          Quantities.significant(bins.edge(range[0]), 5),
          Quantities.significant(bins.edge(range[1]), 5),
          many ? "changes" : Quantities.significant(spacing, 5),
          many ? "changes" : Quantities.significant(bins.width(0) / spacing, 5),
          fewest == most ? Long.toString(most) : fewest + " to " + most,
          Quantities.decimal(lowest, 3),
          Quantities.decimal(highest, 3));
    }
    return table.build();
  }

  private List<Chart> charts() {
    String name = found.column().name();
    String unit = found.column().unit();
    Chart.Axis x = Chart.Axis.linear(unit.isEmpty() ? name : "%s [%s]".formatted(name, unit));
    List<Chart> charts = new ArrayList<>();
    charts.add(peaks(x));
    double[] original = found.original();
    if (original != null) {
      charts.add(
          new Chart(
              "The same with heights divided by the predicted factor",
              x,
              Chart.Axis.linear("values / bin"),
              List.of(
                  Chart.Series.steps("before", found.bins().edges(), original),
                  Chart.Series.points(
                      "corrected",
                      found.bins().centers(),
                      found.peaks().corrected(found.quantized()),
                      found.peaks().correctedErrors(found.variances())))));
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
    }
    return new Chart(
        "%s, %s".formatted(found.column().name(), how),
        x,
        Chart.Axis.linear("values / bin"),
        series);
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
        "In magic bins, %s wide".formatted(magicWidth()),
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

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("column", found.column().name());
    Precision precision = found.precision();
    json.writeStringField("setting", precision == null ? null : precision.toString());
    json.writeObjectFieldStart("before");
    write(found.before(), json);
    json.writeEndObject();
    json.writeObjectFieldStart("after");
    write(found.after(), json);
    json.writeEndObject();
    json.writeNumberField("magicStep", found.magic().step());
    json.writeNumberField("magicWidth", found.magic().multiple() * found.magic().step());
    double[] edges = found.magic().bins().edges();
    json.writeFieldName("magicEdges");
    json.writeArray(edges, 0, edges.length);
    json.writeArrayFieldStart("bins");
    double[] corrected = found.peaks().corrected(found.quantized());
    double[] errors = found.peaks().correctedErrors(found.variances());
    double[] original = found.original();
    for (int bin = 0; bin < corrected.length; bin++) {
      json.writeStartObject();
      json.writeNumberField("low", found.bins().edge(bin));
      json.writeNumberField("high", found.bins().edge(bin + 1));
      json.writeNumberField("levels", found.peaks().levels(bin));
      json.writeNumberField("factor", found.peaks().factor(bin));
      if (original != null) {
        json.writeNumberField("original", original[bin]);
      }
      json.writeNumberField("quantized", found.quantized()[bin]);
      write("corrected", corrected[bin], json);
      write("correctedError", errors[bin], json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(String name, double value, JsonGenerator json) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** The fields that say how values were rounded. */
  private static void write(Quantization finding, JsonGenerator json) throws IOException {
    switch (finding) {
      case Quantization.None() -> json.writeStringField("quantized", "no");
      case Quantization.Truncated(int bits) -> {
        json.writeStringField("quantized", "truncated");
        json.writeNumberField("bits", bits);
      }
      case Quantization.Grid(double step, double offset) -> {
        json.writeStringField("quantized", "grid");
        json.writeNumberField("step", step);
        json.writeNumberField("offset", offset);
      }
    }
  }

  private List<List<String>> csv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "low",
            "high",
            "levels",
            "factor",
            "original",
            "quantized",
            "corrected",
            "corrected_error"));
    double[] corrected = found.peaks().corrected(found.quantized());
    double[] errors = found.peaks().correctedErrors(found.variances());
    double[] original = found.original();
    for (int bin = 0; bin < corrected.length; bin++) {
      lines.add(
          List.of(
              Double.toString(found.bins().edge(bin)),
              Double.toString(found.bins().edge(bin + 1)),
              Long.toString(found.peaks().levels(bin)),
              Double.toString(found.peaks().factor(bin)),
              original == null ? "" : Double.toString(original[bin]),
              Double.toString(found.quantized()[bin]),
              Double.isNaN(corrected[bin]) ? "" : Double.toString(corrected[bin]),
              Double.isNaN(errors[bin]) ? "" : Double.toString(errors[bin])));
    }
    return lines;
  }
}
