package org.jetfold.study.bumphunt;

import org.hipparchus.special.Gamma;

/** Probabilities of a Poisson distribution, as logarithms, so that none is too small to tell. */
final class PoissonTail {
  /** Terms below this part of their sum no longer count. */
  private static final double NEGLIGIBLE = 1e-16;

  private PoissonTail() {}

  /** ln P(N = n) at mean λ above 0. */
  static double logExactly(double n, double mean) {
    return n * Math.log(mean) - mean - Gamma.logGamma(n + 1);
  }

  /**
   * ln P(N ≥ n) at mean λ, where 0 < λ ≤ n: the first term times 1 + λ/(n+1) + λ²/((n+1)(n+2)) + …,
   * all positive and falling.
   */
  static double logAtLeast(double n, double mean) {
    double term = 1;
    double sum = 1;
    for (double next = n + 1; term > NEGLIGIBLE * sum; next++) {
      term *= mean / next;
      sum += term;
    }
    return logExactly(n, mean) + Math.log(sum);
  }
}
