package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.TableQuantizationDetector;
import org.jetfold.codec.detection.TableQuantizationDetector.Finding;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;

/** Reports how the columns of a table were rounded before. */
public final class RoundedColumnsReport {
  static final StudyReport.Term DETECTOR =
      new StudyReport.Term(
          "detector",
          "It finds earlier rounding from the values alone: mantissa bits that no value uses, or a"
              + " grid that all values lie on. It speaks where values that nobody rounded would"
              + " look so by a chance below 1e-9.");

  private RoundedColumnsReport() {}

  /**
   * Says how each column of a table was rounded before.
   *
   * @param input the table's name
   */
  public static StudyReport of(String input, TableSource source) throws IOException {
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

  /** The fields that say how values were rounded. */
  static void write(Quantization finding, JsonGenerator json) throws IOException {
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
}
