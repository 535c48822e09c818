package org.jetfold.cli.compress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;

/** What a table has lost, as texts that formats keep beside it. */
final class LossNotes {
  /** Longer ones end with an ellipsis: NPZ keeps all of them in 64 kB. */
  private static final int MAX_LENGTH = 20_000;

  private static final MathContext SHOWN_ERROR = new MathContext(3, RoundingMode.CEILING);

  private LossNotes() {}

  /** Of some columns of a compressed file; none where nothing is lost. */
  static Map<String, String> of(FileHeader header, Projection chosen) {
    List<Precision> precisions =
        chosen.columns().stream().map(column -> header.precisions().get(column)).toList();
    Map<String, String> notes = new LinkedHashMap<>(of(chosen.schema(), precisions));
    FileGuarantees guarantees = header.guarantees();
    if (guarantees != null) {
      notes.put(
          "jetfold.guarantees", joined(guarantees.bounds().stream().map(LossNotes::text).toList()));
    }
    return notes;
  }

  private static String text(QuantityBound bound) {
    return bound.expression().isEmpty()
        ? bound.toString()
        : "%s (%s = %s)".formatted(bound, bound.quantity(), bound.expression());
  }

  /**
   * Of a table whose columns have lost what precisions allow; none where nothing is lost.
   *
   * @param precisions one for each column
   */
  static Map<String, String> of(Schema schema, List<Precision> precisions) {
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    List<String> rules = new ArrayList<>();
    for (int column = 0; column < precisions.size(); column++) {
      if (precisions.get(column).isLossy()) {
        rules.add(NamePattern.escaped(columns.get(column).path()) + "=" + precisions.get(column));
      }
    }
    return rules.isEmpty() ? Map.of() : Map.of("jetfold.precision", joined(rules));
  }

  /** The same of a reduced table, with the largest error of each column where they are known. */
  static Map<String, String> of(Schema schema, List<Precision> precisions, Reduction reduction) {
    Map<String, String> notes = new LinkedHashMap<>(of(schema, precisions));
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    List<String> errors = new ArrayList<>();
    boolean isKnown = false;
    for (int column = 0; column < precisions.size(); column++) {
      ErrorExtremes found = reduction.columns().get(column).errors();
      isKnown |= found != null;
      if (found != null && found.changed() > 0) {
        errors.add(
            NamePattern.escaped(columns.get(column).path())
                + "="
                + largest(precisions.get(column), found));
      }
    }
    if (isKnown) {
      if (errors.size() < precisions.size()) {
        errors.add("*=exact");
      }
      notes.put("jetfold.errors", joined(errors));
    }
    return notes;
  }

  private static String largest(Precision precision, ErrorExtremes errors) {
    boolean isAbsolute =
        precision instanceof Precision.Absolute || precision instanceof Precision.Step;
    return isAbsolute
        ? "abs:" + roundedUp(errors.largestAbsolute())
        : "rel:" + roundedUp(errors.largestRelative());
  }

  /**
   * A number of few digits that is not below an error: small tables are as large as their notes.
   */
  private static double roundedUp(double error) {
    return Double.isFinite(error) ? new BigDecimal(error).round(SHOWN_ERROR).doubleValue() : error;
  }

  private static String joined(List<String> parts) {
    String all = String.join(",", parts);
    return all.length() <= MAX_LENGTH ? all : all.substring(0, MAX_LENGTH) + "…";
  }
}
