package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.quantization.BinScan;
import org.jetfold.study.quantization.QuantizedLevels;
import org.jspecify.annotations.Nullable;

/** Reports what rounding does to histograms of a column, against their number of bins. */
public final class BinScanReport {
  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "peaks",
              "RMS of the relative changes of the bins' heights, weighted by the heights."),
          new StudyReport.Term(
              "formula",
              "The same as predicted: a bin's height is multiplied by the widths of all cells"
                  + " whose levels it holds, over its own width."),
          new StudyReport.Term(
              "magic number",
              "A number of bins whose width is a whole multiple of every distance of levels in the"
                  + " range. Bins at a power of two are still off by a part of a distance, unless"
                  + " edges are half-way between levels."));

  private final String input;
  private final Column column;
  private final Precision precision;
  private final double[] ends;
  private final BinScan scan;

  private BinScanReport(
      String input, Column column, Precision precision, double[] ends, BinScan scan) {
    this.input = input;
    this.column = column;
    this.precision = precision;
    this.ends = ends;
    this.scan = scan;
  }

  /**
   * Rounds a column and scans numbers of bins.
   *
   * @param input the table's name
   * @param weights one for each value; null for 1 each
   * @param range the histograms' lower and upper end; null for that of the values
   * @param fewest the smallest number of bins
   * @param most the largest one
   * @throws StudyException where the column is not of floats, or has no finite values, or bins
   *     would be too narrow
   */
  public static StudyReport of(
      String input,
      Column column,
      ColumnValues values,
      double @Nullable [] weights,
      Precision precision,
      double @Nullable [] range,
      int fewest,
      int most)
      throws StudyException {
    DoubleQuantizationReport.requireFloats(column);
    double[] before = Doubles.of(values, column.type());
    ColumnRounding.requireFinite(column, before);
    QuantizedLevels levels = new QuantizedLevels(precision, column.type());
    double[] ends = range == null ? DoubleQuantizationReport.Histogram.ends(before) : range;
    double[] after = Doubles.of(levels.quantized(values), column.type());
    try {
      BinScan scan = BinScan.of(levels, ends[0], ends[1], fewest, most, before, after, weights);
      return new BinScanReport(input, column, precision, ends, scan).report();
    } catch (IllegalArgumentException e) {
      throw new StudyException(
          "%d bins from %s to %s are narrower than numbers can be: choose a wider range or fewer bins"
              .formatted(most, ends[0], ends[1]));
    }
  }

  private StudyReport report() {
    return new StudyReport(
        new StudyReport.Story(
            "Peaks of %s in %s, quantized with %s, against the number of bins from %s to %s"
                .formatted(
                    column.name(),
                    input,
                    precision,
                    Quantities.significant(ends[0], 7),
                    Quantities.significant(ends[1], 7)),
            StudyReport.Verdict.NEUTRAL,
            headline(),
            findings(),
            TERMS),
        table(),
        List.of(chart()),
        this::json,
        csv());
  }

  private String headline() {
    BinScan.Row worst =
        scan.rows().stream().max(Comparator.comparingDouble(BinScan.Row::counted)).orElseThrow();
    return "Peaks are largest with %s: %s as counted, %s by the formula"
        .formatted(
            Quantities.count(worst.bins(), "bin"),
            percent(worst.counted()),
            percent(worst.predicted()));
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }

  private List<String> findings() {
    List<Integer> magic = scan.magicNumbers();
    return List.of(
        magic.isEmpty()
            ? "No number of bins in the scan is magic for this range: a width would have to be a"
                + " whole multiple of every distance of levels."
            : "Magic binning numbers of this range: %s."
                .formatted(magic.stream().map(String::valueOf).collect(Collectors.joining(", "))));
  }

  private ResultTable table() {
    ResultTable.Builder table =
        new ResultTable.Builder()
            .numbers("bins", "width", "peaks", "formula", "lowest factor", "highest factor")
            .words("magic");
    for (BinScan.Row row : scan.rows()) {
      table.row(
          Integer.toString(row.bins()),
          Quantities.significant(row.width(), 5),
          percent(row.counted()),
          percent(row.predicted()),
          Quantities.decimal(row.lowestFactor(), 3),
          Quantities.decimal(row.highestFactor(), 3),
          row.isMagic() ? "magic" : "");
    }
    return table.build();
  }

  private Chart chart() {
    double[] bins = each(BinScan.Row::bins);
    List<Chart.Series> series = new ArrayList<>();
    series.add(Chart.Series.line("formula", bins, each(row -> 100 * row.predicted())));
    series.add(Chart.Series.points("simulation", bins, each(row -> 100 * row.counted()), null));
    series.add(
        Chart.Series.points(
            "magic numbers",
            bins,
            each(row -> row.isMagic() ? 100 * row.counted() : Double.NaN),
            null));
    return new Chart(
        "%s, quantized with %s: peaks against the number of bins"
            .formatted(column.name(), precision),
        Chart.Axis.linear("bins"),
        Chart.Axis.linear("peaks: RMS change of heights [%]"),
        series);
  }

  private double[] each(ToDoubleFunction<BinScan.Row> value) {
    return scan.rows().stream().mapToDouble(value).toArray();
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeStringField("column", column.name());
    json.writeStringField("setting", precision.toString());
    json.writeNumberField("low", ends[0]);
    json.writeNumberField("high", ends[1]);
    json.writeArrayFieldStart("magicNumbers");
    for (int number : scan.magicNumbers()) {
      json.writeNumber(number);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("scan");
    for (BinScan.Row row : scan.rows()) {
      json.writeStartObject();
      json.writeNumberField("bins", row.bins());
      json.writeNumberField("width", row.width());
      json.writeNumberField("peaks", row.counted());
      json.writeNumberField("formula", row.predicted());
      json.writeNumberField("lowestFactor", row.lowestFactor());
      json.writeNumberField("highestFactor", row.highestFactor());
      json.writeBooleanField("magic", row.isMagic());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private List<List<String>> csv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of("bins", "width", "peaks", "formula", "lowest_factor", "highest_factor", "magic"));
    for (BinScan.Row row : scan.rows()) {
      lines.add(
          List.of(
              Integer.toString(row.bins()),
              Double.toString(row.width()),
              Double.toString(row.counted()),
              Double.toString(row.predicted()),
              Double.toString(row.lowestFactor()),
              Double.toString(row.highestFactor()),
              row.isMagic() ? "1" : "0"));
    }
    return lines;
  }
}
