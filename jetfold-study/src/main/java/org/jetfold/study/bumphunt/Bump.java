package org.jetfold.study.bumphunt;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Erf;

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
  /** Below this, the complement of a p-value tells little of it. */
  private static final double SMALL = 1e-8;

  /** The least local p-value that is told from 0. */
  private static final double LEAST = 1e-300;

  /** So many are enough for all digits. */
  private static final int STEPS = 8;

  static final Bump NONE = new Bump(0, 0, 0, 0, 0);

  /** Whether some window has more events than expected. */
  public boolean exists() {
    return width > 0;
  }

  /** The local p-value: P(N ≥ observed) of a Poisson distribution with the expected mean. */
  public double localP() {
    return Math.exp(logLocalP);
  }

  /**
   * How many standard deviations the local p-value is, one-sided; 0 without an excess, and at most
   * 37.
   */
  public double localSignificance() {
    return exists() ? significance(Math.max(localP(), LEAST)) : 0;
  }

  /** BumpHunter's test statistic, −ln of the smallest local p-value. */
  public double statistic() {
    return -logLocalP;
  }

  /** Whether both are bumps and share a bin. */
  public boolean overlaps(Bump other) {
    return firstBin < other.firstBin + other.width && other.firstBin < firstBin + width;
  }

  /** How many standard deviations a p-value is, one-sided; infinite for 0 and for 1. */
  public static double significance(double p) {
    if (p >= SMALL || p == 0) {
      return new NormalDistribution().inverseCumulativeProbability(1 - p);
    }
    // 1 − p has no digits of p left: Newton's method for ln Q(z) = ln p, from just above.
    double z = Math.sqrt(-2 * Math.log(p));
    for (int step = 0; step < STEPS; step++) {
      double tail = Erf.erfc(z / Math.sqrt(2)) / 2;
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      z += (Math.log(tail) - Math.log(p)) * tail / density;
    }
    return z;
  }
}
