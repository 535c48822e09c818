package org.jetfold.study.bumphunt;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The most significant excess of a spectrum.
 *
 * @param firstBin its first bin
 * @param width how many bins it is wide; 0 where no window has an excess
 * @param observed events in it
 * @param expected events of background in it
 * @param logLocalP natural logarithm of the probability that the background alone gives as many
 *     events in this window, or more
 */
public record Bump(int firstBin, int width, double observed, double expected, double logLocalP) {
  static final Bump NONE = new Bump(0, 0, 0, 0, 0);

  /** Whether some window has more events than expected. */
  public boolean exists() {
    return width > 0;
  }

  /** The local p-value: P(N ≥ observed) of a Poisson distribution with the expected mean. */
  public double localP() {
    return Math.exp(logLocalP);
  }

  /** BumpHunter's test statistic, −ln of the smallest local p-value. */
  public double statistic() {
    return -logLocalP;
  }

  /** Whether both are bumps and share a bin. */
  public boolean overlaps(Bump other) {
    return firstBin < other.firstBin + other.width && other.firstBin < firstBin + width;
  }

  /** How many standard deviations a p-value is, one-sided. */
  public static double significance(double p) {
    return new NormalDistribution().inverseCumulativeProbability(1 - p);
  }
}
