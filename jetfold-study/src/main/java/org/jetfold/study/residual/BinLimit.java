package org.jetfold.study.residual;

import java.util.Comparator;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jetfold.study.residual.Requirement.Status;

/**
 * Tests whether each of several bins keeps a limit, where their values have statistical errors σ.
 *
 * <ul>
 *   <li><em>Broken</em>: chance hardly makes any of N bins lie so far beyond the limit: in one |v|
 *       − z·σ exceeds it, with z the one-sided quantile for a probability of 5 % / N (Bonferroni).
 *   <li><em>Holds</em>: |v| + 1.64·σ is within the limit in every bin. No correction for their
 *       number: where one bin truly exceeds the limit, that one alone must have fluctuated (an
 *       intersection-union test).
 *   <li><em>Unclear</em>: neither; more entries would tell.
 * </ul>
 */
final class BinLimit {
  private static final double CHANCE = 0.05;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private BinLimit() {}

  /**
   * The result of a test.
   *
   * @param deciding the bin that decided: the worst one
   */
  record Decision(BinValue deciding, Status status) {}

  /**
   * Tests a limit.
   *
   * @param bins those with enough entries; where there are none, the result is unclear
   * @param inclusive whether a value equal to the limit keeps it
   */
  static Decision decide(List<BinValue> bins, double limit, boolean inclusive) {
    if (bins.isEmpty()) {
      return new Decision(new BinValue(Double.NaN, Double.NaN), Status.UNCLEAR);
    }
    double beyond = NORMAL.inverseCumulativeProbability(1 - CHANCE / bins.size());
    double within = NORMAL.inverseCumulativeProbability(1 - CHANCE);
    BinValue worst = largest(bins, -beyond);
    if (!keeps(Math.abs(worst.value()) - beyond * worst.error(), limit, inclusive)) {
      return new Decision(worst, Status.BROKEN);
    }
    BinValue doubtful = largest(bins, within);
    if (!keeps(Math.abs(doubtful.value()) + within * doubtful.error(), limit, inclusive)) {
      return new Decision(doubtful, Status.UNCLEAR);
    }
    return new Decision(largest(bins, 0), Status.HOLDS);
  }

  private static BinValue largest(List<BinValue> bins, double errors) {
    return bins.stream()
        .max(Comparator.comparingDouble(bin -> Math.abs(bin.value()) + errors * bin.error()))
        .orElseThrow();
  }

  private static boolean keeps(double size, double limit, boolean inclusive) {
    return inclusive ? size <= limit : size < limit;
  }
}
