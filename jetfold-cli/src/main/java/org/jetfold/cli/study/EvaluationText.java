package org.jetfold.cli.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.report.EvaluationReport;
import org.jetfold.study.report.LimitText;
import org.jetfold.study.residual.ColumnResiduals;
import org.jetfold.study.residual.EvaluatedQuantity;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.JetOrder;
import org.jetfold.study.residual.Metric;

/** What {@code evaluate} found, as lines for the terminal. */
final class EvaluationText {
  private static final int MAX_SENTENCES = 6;

  private EvaluationText() {}

  /**
   * The lines.
   *
   * @param quiet whether only limits that were stated are shown, and what is broken
   */
  static List<String> of(EvaluationReport found, boolean quiet) {
    List<String> lines = new ArrayList<>();
    if (!quiet) {
      lines.add(found.headline());
      lines.add("");
      lines.addAll(residuals(found.evaluation()));
      lines.addAll(facts(found.evaluation()));
      lines.addAll(spectra(found.spectrumSentences()));
    }
    lines.addAll(LimitText.of(found, quiet));
    return lines;
  }

  private static List<String> spectra(List<String> sentences) {
    if (sentences.size() <= MAX_SENTENCES) {
      return sentences;
    }
    List<String> lines = new ArrayList<>(sentences.subList(0, MAX_SENTENCES));
    lines.add(
        "%,d more spectra change by more than their statistical error"
            .formatted(sentences.size() - MAX_SENTENCES));
    return lines;
  }

  private static List<String> residuals(Evaluation evaluation) {
    Side[] sides = new Side[Metric.ofResiduals().size() + 4];
    Arrays.fill(sides, Side.RIGHT);
    sides[0] = Side.LEFT;
    sides[1] = Side.LEFT;
    TextTable table = new TextTable(sides);
    List<String> heading = new ArrayList<>(List.of("column", "residual"));
    Metric.ofResiduals().forEach(metric -> heading.add(metric.text()));
    heading.addAll(List.of("spectrum", "pull"));
    table.line(heading.toArray(String[]::new));
    table.rule();
    for (Evaluation.EvaluatedColumn column : evaluation.columns()) {
      addLine(table, column.path(), column.residuals(), column.relative());
    }
    for (EvaluatedQuantity quantity : evaluation.quantities()) {
      addLine(table, quantity.name(), quantity.residuals(), quantity.relative());
    }
    return table.lines();
  }

  private static void addLine(
      TextTable table, String name, ColumnResiduals residuals, boolean relative) {
    List<String> cells = new ArrayList<>(List.of(name));
    if (residuals.changed() == 0) {
      cells.add("unchanged");
    } else {
      cells.add(relative ? "relative" : "absolute");
      Metric.ofResiduals()
          .forEach(metric ->
              cells.add(
                  Quantities.error(
                      metric.of(relative ? residuals.relative() : residuals.absolute()))));
      cells.add(Quantities.error(residuals.spectrum().largestChange()));
      cells.add(Quantities.error(residuals.pulls().rms()));
    }
    table.line(cells.toArray(String[]::new));
  }

  private static List<String> facts(Evaluation evaluation) {
    List<String> facts = new ArrayList<>(List.of(""));
    facts.add(
        Quantities.count(evaluation.rootEntries(), evaluation.rootName())
            + (evaluation.weight().isEmpty() ? "" : ", weighted with " + evaluation.weight()));
    for (Evaluation.MatchingCounts matching : evaluation.matching()) {
      facts.add(
          String.format(
              Locale.ROOT,
              "%s matched (%s): %,d pairs; unmatched %,d originals, %,d restored",
              matching.collection(),
              matching.cut(),
              matching.pairs(),
              matching.lostOriginals(),
              matching.lostRestored()));
    }
    for (Evaluation.Collection collection : evaluation.collections()) {
      JetOrder order = collection.order();
      if (order == null) {
        continue;
      }
      facts.add(
          String.format(
              Locale.ROOT,
              "order of %s changed in %,d of %,d events, tied in %,d more",
              collection.name(),
              order.changed(),
              order.events(),
              order.tied()));
    }
    if (!evaluation.missing().isEmpty()) {
      facts.add(
          "not in the restored table: "
              + Quantities.names(
                  evaluation.missing().stream().map(QualifiedColumn::path).toList()));
    }
    return facts;
  }
}
