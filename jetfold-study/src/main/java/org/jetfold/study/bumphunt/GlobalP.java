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

  /**
   * Where every pseudo-experiment was as extreme, p is above this with 95 % confidence: 0.05^(1/n).
   */
  public double lowerLimit() {
    return Math.exp(Math.log1p(-CONFIDENCE) / experiments);
  }

  /**
   * Whether all pseudo-experiments were as extreme, so that p is only known to be above a limit.
   */
  public boolean isLowerLimit() {
    return above == experiments;
  }

  /** Whether there were enough pseudo-experiments to tell whether p is below some value. */
  public boolean tells(double value) {
    return !isLimit() || upperLimit() < value;
  }

  /** How many standard deviations the p-value is; of its limit where only that is known. */
  public double significance() {
    return Bump.significance(isLimit() ? upperLimit() : isLowerLimit() ? lowerLimit() : value());
  }
}
