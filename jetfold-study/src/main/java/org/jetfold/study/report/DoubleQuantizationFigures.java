package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.binning.Bins;

/**
 * The figures of double quantization: as a table, as JSON and as CSV.
 *
 * @param input the table's name
 */
record DoubleQuantizationFigures(String input, ColumnRounding found) {
  /** Of more ranges than these, the table is of all of them together. */
  private static final int MAX_RANGES = 40;

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

  ResultTable table() {
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

  void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("column", found.column().name());
    Precision precision = found.precision();
    json.writeStringField("setting", precision == null ? null : precision.toString());
    json.writeObjectFieldStart("before");
    RoundedColumnsReport.write(found.before(), json);
    json.writeEndObject();
    json.writeObjectFieldStart("after");
    RoundedColumnsReport.write(found.after(), json);
    json.writeEndObject();
    json.writeNumberField("magicStep", found.magic().step());
    json.writeNumberField("magicWidth", found.magic().multiple() * found.magic().step());
    double[] edges = found.magic().bins().edges();
    json.writeFieldName("magicEdges");
    json.writeArray(edges, 0, edges.length);
    double[] original = found.original();
    if (original != null) {
      json.writeObjectFieldStart("againstOriginal");
      differences("quantized", found.quantized(), json);
      differences("corrected", found.peaks().corrected(found.quantized()), json);
      differences("spread", found.spread().heights(), json);
      json.writeNumberField("spreadPull", found.spread().pull(original));
      json.writeEndObject();
    }
    json.writeArrayFieldStart("bins");
    double[] corrected = found.peaks().corrected(found.quantized());
    double[] errors = found.peaks().correctedErrors(found.variances());
    double[] spread = found.spread().heights();
    double[] spreadErrors = found.spread().errors();
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
      json.writeNumberField("spread", spread[bin]);
      json.writeNumberField("spreadError", spreadErrors[bin]);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void differences(String name, double[] heights, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("rms", found.deviation(heights));
    json.writeNumberField("chi2PerBin", found.chiSquare(heights));
    json.writeEndObject();
  }

  private static void write(String name, double value, JsonGenerator json) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  List<List<String>> csv() {
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
            "corrected_error",
            "spread",
            "spread_error"));
    double[] corrected = found.peaks().corrected(found.quantized());
    double[] errors = found.peaks().correctedErrors(found.variances());
    double[] original = found.original();
    double[] spread = found.spread().heights();
    double[] spreadErrors = found.spread().errors();
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
              Double.isNaN(errors[bin]) ? "" : Double.toString(errors[bin]),
              Double.toString(spread[bin]),
              Double.toString(spreadErrors[bin])));
    }
    return lines;
  }
}
