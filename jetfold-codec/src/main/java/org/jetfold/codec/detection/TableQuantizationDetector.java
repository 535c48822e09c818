package org.jetfold.codec.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * Tells how each float column of a table was quantized before, from pieces of the table. Columns
 * whose source says that they hold integers are left out. Not thread-safe.
 */
public final class TableQuantizationDetector {
  private final List<QualifiedColumn> columns;
  private final Map<Integer, QuantizationDetector> detectors = new TreeMap<>();

  /** A detector that has seen nothing of a table. */
  public TableQuantizationDetector(Schema schema) {
    columns = QualifiedColumn.all(schema);
    for (int number = 0; number < columns.size(); number++) {
      if (columns.get(number).column().mayLoseBits()) {
        ValueType type = columns.get(number).column().type();
        detectors.put(number, new QuantizationDetector(type == ValueType.FLOAT32));
      }
    }
  }

  /** Looks at more of the table. */
  public void add(Table piece) {
    detectors.forEach((number, detector) -> detector.add(piece.values(number)));
  }

  /** What was found of a column. */
  public record Finding(QualifiedColumn column, Quantization quantization) {}

  /** What the values so far tell, for each float column in the order of the schema. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    detectors.forEach(
        (number, detector) -> findings.add(new Finding(columns.get(number), detector.finding())));
    return findings;
  }
}
