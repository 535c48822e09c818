package org.jetfold.study.bumphunt;

/**
 * The probability that a background without signal has somewhere a bump as significant as the one
 * observed, from pseudo-experiments.
 *
 * @param above pseudo-experiments whose test statistic is at least the observed one
 * @param experiments how many there were, above 0
 */
public record GlobalP(int above, int experiments) {
  private static final double CONFIDENCE = 0.95;

  /** The p-value. */
  public double value() {
    return (double) above / experiments;
  }

  /** Its binomial standard error, √(p(1−p)/n). */
  public double error() {
    return Math.sqrt(value() * (1 - value()) / experiments);
  }

  /**
   * Where no pseudo-experiment was as extreme, p is below this with 95 % confidence: 1 −
   * 0.05^(1/n).
   */
  public double upperLimit() {
    return -Math.expm1(Math.log1p(-CONFIDENCE) / experiments);
  }

  /** Whether no pseudo-experiment was as extreme, so that p is only known to be below a limit. */
  public boolean isLimit() {
    return above == 0;
  }

  /** How many standard deviations the p-value is; of its upper limit where it is 0. */
  public double significance() {
    return Bump.significance(isLimit() ? upperLimit() : value());
  }
}
