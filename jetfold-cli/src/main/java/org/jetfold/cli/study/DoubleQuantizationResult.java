package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.quantization.DoubleQuantization;
import org.jetfold.study.quantization.Levels;
import org.jetfold.study.quantization.MagicBins;
import org.jspecify.annotations.Nullable;

/**
 * What rounding does to a column's histogram, as text, JSON and charts.
 *
 * @param setting how it was quantized here; null where it came so
 * @param before what the detector says of the values as they came
 * @param after what it says of them quantized
 * @param original heights before quantization; null where nobody knows them
 * @param magicOriginal the same in magic bins
 */
record DoubleQuantizationResult(
    String input,
    String column,
    String unit,
    @Nullable Precision setting,
    Quantization before,
    Quantization after,
    DoubleQuantization peaks,
    double @Nullable [] original,
    double[] quantized,
    MagicBins magic,
    double @Nullable [] magicOriginal,
    double[] magicQuantized,
    Levels levels) {

  StudyResult result() {
    String how = setting == null ? after.toString() : "quantized with " + setting;
    return new StudyResult(
        "Double quantization of %s in %s, %s".formatted(column, input, how),
        findings(),
        table(),
        charts(how),
        this::json,
        csv());
  }

  /** The parts of the range in which levels are equally far apart. */
  private List<int[]> stretches() {
    Bins bins = peaks.bins();
    List<int[]> stretches = new ArrayList<>();
    int from = 0;
    for (int bin = 1; bin <= bins.count(); bin++) {
      if (bin == bins.count()
          || levels.spacing(bins.center(bin)) != levels.spacing(bins.center(from))) {
        stretches.add(new int[] {from, bin});
        from = bin;
      }
    }
    return stretches;
  }

  private List<String> table() {
    TextTable table =
        new TextTable(
            Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line(
        "from", "to", "level distance", "bin / distance", "levels a bin", "lowest", "highest");
    table.rule();
    Bins bins = peaks.bins();
    List<int[]> stretches = stretches();
    // A relative precision has levels that are nowhere equally far apart.
    boolean many = stretches.size() > 40;
    if (many) {
      stretches = List.of(new int[] {0, bins.count()});
    }
    for (int[] stretch : stretches) {
      double spacing = levels.spacing(bins.center(stretch[0]));
      long fewest = Long.MAX_VALUE;
      long most = 0;
      double lowest = Double.POSITIVE_INFINITY;
      double highest = 0;
      for (int bin = stretch[0]; bin < stretch[1]; bin++) {
        fewest = Math.min(fewest, peaks.levels(bin));
        most = Math.max(most, peaks.levels(bin));
        lowest = Math.min(lowest, peaks.factor(bin));
        highest = Math.max(highest, peaks.factor(bin));
      }
      table.line(
          Quantities.significant(bins.edge(stretch[0]), 5),
          Quantities.significant(bins.edge(stretch[1]), 5),
          many ? "changes" : Quantities.significant(spacing, 5),
          many ? "changes" : Quantities.significant(bins.width(0) / spacing, 5),
          fewest == most ? Long.toString(most) : fewest + " to " + most,
          Quantities.decimal(lowest, 3),
          Quantities.decimal(highest, 3));
    }
    return table.lines();
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    findings.add("As it came, the column was %s.".formatted(before));
    if (setting != null) {
      findings.add("Quantized with %s, the detector says: %s.".formatted(setting, after));
    }
    int empty = 0;
    for (int bin = 0; bin < peaks.bins().count(); bin++) {
      empty += peaks.levels(bin) == 0 ? 1 : 0;
    }
    if (empty > 0) {
      findings.add(
          "%s without any level, so empty whatever the spectrum: their corrected heights are undefined."
              .formatted(Quantities.count(empty, "bin is", "bins are")));
    }
    if (original != null) {
      findings.add(
          "Deviation from the heights before, RMS over bins: %s as they are, %s from the prediction, %s after correction."
              .formatted(
                  percent(rms(quantized, original)),
                  percent(rms(quantized, peaks.predicted(original))),
                  percent(rms(peaks.corrected(quantized), original))));
    }
    Bins safe = magic.bins();
    findings.add(
        "Magic bins: %s wide (%s the largest level distance, %s), from %s on%s."
            .formatted(
                Quantities.significant(magic.multiple() * magic.step(), 7),
                magic.multiple() == 1 ? "once" : magic.multiple() + " times",
                Quantities.significant(magic.step(), 7),
                Quantities.significant(safe.low(), 9),
                magicOriginal == null
                    ? ""
                    : "; in them %s of %s differ from before"
                        .formatted(
                            Quantities.count(differing(magicOriginal), "bin"), safe.count())));
    return findings;
  }

  private int differing(double[] heights) {
    int differing = 0;
    for (int bin = 0; bin < heights.length; bin++) {
      differing += heights[bin] == magicQuantized[bin] ? 0 : 1;
    }
    return differing;
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }

  /** Root mean square of the relative deviations, weighted by what is expected. */
  private static double rms(double[] heights, double[] expected) {
    double squares = 0;
    double weights = 0;
    for (int bin = 0; bin < heights.length; bin++) {
      if (expected[bin] > 0 && !Double.isNaN(heights[bin])) {
        double difference = heights[bin] - expected[bin];
        squares += difference * difference / expected[bin];
        weights += expected[bin];
      }
    }
    return weights == 0 ? 0 : Math.sqrt(squares / weights);
  }

  private List<Chart> charts(String how) {
    Bins bins = peaks.bins();
    Chart.Axis x = Chart.Axis.linear(unit.isEmpty() ? column : "%s [%s]".formatted(column, unit));
    List<Chart.Series> found = new ArrayList<>();
    double[] base = original == null ? peaks.corrected(quantized) : original;
    found.add(Chart.Series.steps(original == null ? "corrected" : "before", edges(bins), base));
    found.add(Chart.Series.steps("quantized", edges(bins), quantized));
    if (original != null) {
      found.add(Chart.Series.points("predicted", centers(bins), peaks.predicted(base), null));
    }
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new Chart("%s, %s".formatted(column, how), x, Chart.Axis.linear("values / bin"), found));
    if (original != null) {
      charts.add(
          new Chart(
              "The same with heights corrected by the prediction",
              x,
              Chart.Axis.linear("values / bin"),
              List.of(
                  Chart.Series.steps("before", edges(bins), original),
                  Chart.Series.points(
                      "corrected",
                      centers(bins),
                      peaks.corrected(quantized),
                      peaks.correctedErrors(quantized)))));
    }
    List<Chart.Series> inMagic = new ArrayList<>();
    if (magicOriginal != null) {
      inMagic.add(Chart.Series.steps("before", edges(magic.bins()), density(magicOriginal)));
    }
    inMagic.add(
        Chart.Series.points("quantized", centers(magic.bins()), density(magicQuantized), null));
    charts.add(
        new Chart(
            "In magic bins, %s wide"
                .formatted(Quantities.significant(magic.multiple() * magic.step(), 6)),
            x,
            Chart.Axis.linear("values / bin width"),
            inMagic));
    return charts;
  }

  private double[] density(double[] heights) {
    double[] density = heights.clone();
    for (int bin = 0; bin < density.length; bin++) {
      density[bin] *= magic.multiple() * magic.step() / magic.bins().width(bin);
    }
    return density;
  }

  private static double[] edges(Bins bins) {
    double[] edges = new double[bins.count() + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = bins.edge(i);
    }
    return edges;
  }

  private static double[] centers(Bins bins) {
    double[] centers = new double[bins.count()];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = bins.center(i);
    }
    return centers;
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("column", column);
    json.writeStringField("setting", setting == null ? null : setting.toString());
    json.writeObjectFieldStart("before");
    DetectedColumns.write(before, json);
    json.writeEndObject();
    json.writeObjectFieldStart("after");
    DetectedColumns.write(after, json);
    json.writeEndObject();
    json.writeNumberField("magicStep", magic.step());
    json.writeNumberField("magicWidth", magic.multiple() * magic.step());
    json.writeArrayFieldStart("magicEdges");
    for (double edge : edges(magic.bins())) {
      json.writeNumber(edge);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("bins");
    double[] corrected = peaks.corrected(quantized);
    double[] errors = peaks.correctedErrors(quantized);
    for (int bin = 0; bin < quantized.length; bin++) {
      json.writeStartObject();
      json.writeNumberField("low", peaks.bins().edge(bin));
      json.writeNumberField("high", peaks.bins().edge(bin + 1));
      json.writeNumberField("levels", peaks.levels(bin));
      json.writeNumberField("factor", peaks.factor(bin));
      if (original != null) {
        json.writeNumberField("original", original[bin]);
      }
      json.writeNumberField("quantized", quantized[bin]);
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
    double[] corrected = peaks.corrected(quantized);
    double[] errors = peaks.correctedErrors(quantized);
    for (int bin = 0; bin < quantized.length; bin++) {
      lines.add(
          List.of(
              Double.toString(peaks.bins().edge(bin)),
              Double.toString(peaks.bins().edge(bin + 1)),
              Long.toString(peaks.levels(bin)),
              Double.toString(peaks.factor(bin)),
              original == null ? "" : Double.toString(original[bin]),
              Double.toString(quantized[bin]),
              Double.isNaN(corrected[bin]) ? "" : Double.toString(corrected[bin]),
              Double.isNaN(errors[bin]) ? "" : Double.toString(errors[bin])));
    }
    return lines;
  }
}
