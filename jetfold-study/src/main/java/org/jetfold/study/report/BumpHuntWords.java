package org.jetfold.study.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.Bump;
import org.jetfold.study.bumphunt.GlobalP;

/** Hunts, windows and p-values in words. */
final class BumpHuntWords {
  private BumpHuntWords() {}

  /** The hunts of some strengths of the signal. */
  static String spectraWith(List<BumpHuntReport.Row> some) {
    return some.stream()
        .map(row -> row.signal() == 0 ? "none" : "%,d".formatted(row.signal()))
        .collect(
            Collectors.joining(
                ", ",
                "with ",
                some.size() == 1 && some.getFirst().signal() == 1
                    ? " event of signal"
                    : " events of signal"))
        .replace("with none events of signal", "without signal")
        .replace("none", "0");
  }

  static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** From where to where a bump is. */
  static String interval(Bins bins, Bump bump) {
    return "%s to %s"
        .formatted(
            Quantities.significant(bins.edge(bump.firstBin()), 5),
            Quantities.significant(bins.edge(bump.firstBin() + bump.width()), 5));
  }

  static String probability(GlobalP p) {
    if (p.isLimit()) {
      return "< %s (95 %%)".formatted(Quantities.significant(p.upperLimit(), 2));
    }
    return p.isLowerLimit()
        ? "> %s (95 %%)".formatted(Quantities.significant(p.lowerLimit(), 4))
        : "%s ± %s"
            .formatted(Quantities.significant(p.value(), 4), Quantities.significant(p.error(), 2));
  }

  /** In standard deviations; where p is below a limit, this is above one, and the other way. */
  static String significance(GlobalP p) {
    String sign = p.isLimit() ? ">" : p.isLowerLimit() ? "<" : "";
    return "%s%s σ".formatted(sign, Quantities.decimal(p.significance(), 2));
  }
}
