package org.jetfold.study.bumphunt;

import java.util.Arrays;

/**
 * BumpHunter's scan: of all windows of some widths, at every position, the one whose excess over
 * the background is the least likely. Windows lie between the first and the last bin in which
 * background is expected: outside, the probability of anything would be 0, and a window half
 * outside would be a narrower one than was asked for.
 *
 * @param narrowest bins of the narrowest window
 * @param widest bins of the widest window
 */
public record BumpScan(int narrowest, int widest) {
  /** Checks the widths. */
  public BumpScan {
    if (narrowest < 1 || widest < narrowest) {
      throw new IllegalArgumentException(
          "windows must be 1 bin wide or more, the widest not narrower than the narrowest: they were %d to %d"
              .formatted(narrowest, widest));
    }
  }

  /**
   * Finds the most significant excess.
   *
   * <p>The content of a window is taken for a scaled Poisson number as that of a bin is, with the
   * scale Σ s·b / Σ b of its bins with scales s and background b ({@link BinCounts}).
   *
   * @param expected background in each bin
   */
  public Bump scan(BinCounts observed, double[] expected) {
    double[] variances = new double[expected.length];
    Arrays.setAll(variances, bin -> expected[bin] * observed.scales()[bin]);
    double[] observedBelow = sums(observed.sums());
    double[] varianceBelow = sums(variances);
    double[] expectedBelow = sums(expected);
    int from = 0;
    int to = expected.length;
    while (from < to && !(expected[from] > 0)) {
      from++;
    }
    while (to > from && !(expected[to - 1] > 0)) {
      to--;
    }
    Bump best = Bump.NONE;
    for (int width = narrowest; width <= widest; width++) {
      for (int first = from; first + width <= to; first++) {
        double n = observedBelow[first + width] - observedBelow[first];
        double mean = expectedBelow[first + width] - expectedBelow[first];
        if (!(n > mean && mean > 0)) {
          continue;
        }
        double scale = (varianceBelow[first + width] - varianceBelow[first]) / mean;
        // Cheap, and always at most the p-value itself: most windows need no more than this.
        if (PoissonTail.logExactly(n / scale, mean / scale) < best.logLocalP()) {
          double logP = PoissonTail.logAtLeast(n / scale, mean / scale);
          if (logP < best.logLocalP()) {
            best = new Bump(first, width, n, mean, logP);
          }
        }
      }
    }
    return best;
  }

  private static double[] sums(double[] values) {
    double[] below = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      below[i + 1] = below[i] + values[i];
    }
    return below;
  }
}
