package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Promise;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.residual.SpectrumRatio;

/** What became of limits, as lines for the terminal. */
public final class LimitText {
  private LimitText() {}

  /**
   * A line for each limit, and for each column that does not keep what its file promises.
   *
   * @param quiet whether only limits that were stated are told, and what is broken
   */
  public static List<String> of(EvaluationReport report, boolean quiet) {
    List<String> lines = new ArrayList<>();
    // What the user stated decides; usual limits decide where nothing was stated.
    boolean decides = report.required().isEmpty();
    report.usual().stream()
        .filter(outcome -> !quiet || (decides && outcome.isBroken()))
        .forEach(outcome -> lines.add(line(outcome, "usual for jets", decides)));
    report.required().forEach(outcome -> lines.add(line(outcome, "stated", true)));
    for (Evaluation.EvaluatedColumn column : report.evaluation().columns()) {
      Promise promise = column.promise();
      if (promise != null && promise.violations() > 0) {
        lines.add(
            "BROKEN   %s (promised): %s of %s"
                .formatted(
                    promise.precision(),
                    Quantities.count(promise.violations(), "value"),
                    column.path()));
      }
    }
    return lines;
  }

  /**
   * What became of a limit, in one line.
   *
   * @param origin who set the limit
   * @param decides whether a broken limit fails the command
   */
  public static String line(Requirement.Outcome outcome, String origin, boolean decides) {
    return "%-7s  %s (%s): %s %s%s"
        .formatted(
            switch (outcome.status()) {
              case HOLDS -> "ok";
              case BROKEN -> decides ? "BROKEN" : "beyond";
              case UNCLEAR -> "unclear";
            },
            outcome.requirement().text(),
            origin,
            outcome.subject(),
            found(outcome),
            outcome.error() > 0 ? " ± " + Quantities.error(outcome.error()) : "");
  }

  private static String found(Requirement.Outcome outcome) {
    if (!Double.isNaN(outcome.value())) {
      return Quantities.error(outcome.value());
    }
    return outcome.isBroken()
        ? "is not defined"
        : "has no bin with %d entries".formatted(SpectrumRatio.MIN_ENTRIES);
  }
}
