package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.WatchedSource;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.QuantizationDetector;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/** How each float column of a table was rounded before, found as its pieces go by. */
public final class DetectedColumns {
  private final List<QualifiedColumn> columns;
  private final Map<Integer, QuantizationDetector> detectors = new TreeMap<>();

  /** Columns whose source says that they hold integers are not looked at. */
  public DetectedColumns(Schema schema) {
    columns = QualifiedColumn.all(schema);
    for (int number = 0; number < columns.size(); number++) {
      if (columns.get(number).column().mayLoseBits()) {
        ValueType type = columns.get(number).column().type();
        detectors.put(number, new QuantizationDetector(type == ValueType.FLOAT32));
      }
    }
  }

  void add(Table piece) {
    detectors.forEach((number, detector) -> detector.add(piece.values(number)));
  }

  /** A source that shows everything here that is read from it. */
  public TableSource watching(TableSource source) {
    return new WatchedSource(source, this::add);
  }

  /** A line for each column that was truncated. */
  public List<String> truncated() {
    List<String> lines = new ArrayList<>();
    detectors.forEach((number, detector) -> {
      if (detector.finding() instanceof Quantization.Truncated truncated) {
        lines.add(columns.get(number).path() + ": already " + truncated);
      }
    });
    return lines;
  }

  StudyResult result(String input) {
    TextTable table = new TextTable(Side.LEFT, Side.LEFT);
    table.line("column", "was");
    table.rule();
    List<List<String>> csv = new ArrayList<>(List.of(List.of("column", "was")));
    detectors.forEach((number, detector) -> {
      String path = columns.get(number).path();
      String was = detector.finding().toString();
      table.line(path, was);
      csv.add(List.of(path, was));
    });
    return new StudyResult(
        "How the columns of %s were rounded before".formatted(input),
        List.of(
            "Rounding is reported where values that nobody rounded would look like that by a chance"
                + " below 1e-9."),
        table.lines(),
        List.of(),
        json -> write(input, json),
        csv);
  }

  private void write(String input, JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeArrayFieldStart("columns");
    for (Map.Entry<Integer, QuantizationDetector> entry : detectors.entrySet()) {
      json.writeStartObject();
      json.writeStringField("path", columns.get(entry.getKey()).path());
      write(entry.getValue().finding(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
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
