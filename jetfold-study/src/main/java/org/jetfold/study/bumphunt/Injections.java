package org.jetfold.study.bumphunt;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jetfold.study.bumphunt.BumpComparison.Comparison;
import org.jetfold.study.bumphunt.BumpComparison.Verdict;

/**
 * What an ensemble of injections found.
 *
 * @param signal how many events of signal were injected on average
 * @param found one for each injection, at least 2
 */
public record Injections(int signal, List<Comparison> found) {
  /** Copies the list. */
  public Injections {
    found = List.copyOf(found);
  }

  /**
   * A mean with its statistical error.
   *
   * @param value the mean
   * @param error its standard error
   */
  public record Mean(double value, double error) {
    private static Mean of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Mean(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }
  }

  /** Whether the injections were compressed. */
  public boolean isCompressed() {
    return found.getFirst().after() != null;
  }

  private double[] each(ToDoubleFunction<Comparison> value) {
    return found.stream().mapToDouble(value).toArray();
  }

  private static double significance(Comparison one, boolean after) {
    BumpHunt.Found found = after ? one.after() : one.before();
    return found == null ? Double.NaN : found.bump().localSignificance();
  }

  /** The expected local significance of the most significant excess, in standard deviations. */
  public Mean significance(boolean after) {
    return Mean.of(each(one -> significance(one, after)));
  }

  /**
   * A quantile of the local significances.
   *
   * @param part from 0 to 1
   */
  public double quantile(double part, boolean after) {
    double[] sorted = each(one -> significance(one, after));
    Arrays.sort(sorted);
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  /** What compression takes of the local significance: that before less that after. */
  public Mean loss() {
    return Mean.of(each(one -> significance(one, false) - significance(one, true)));
  }

  /** The part of the injections in which a bump is found; its error is binomial. */
  public Mean power(boolean after) {
    double part =
        Arrays.stream(
                each(one -> {
                  BumpHunt.Found hunted = after ? one.after() : one.before();
                  return hunted != null
                          && hunted.globalP().value() < BumpComparison.FOUND_BELOW
                          && hunted.globalP().tells(BumpComparison.FOUND_BELOW)
                      ? 1
                      : 0;
                }))
            .average()
            .orElseThrow();
    return new Mean(part, Math.sqrt(part * (1 - part) / found.size()));
  }

  /** How many injections came to a verdict. */
  public long count(Verdict verdict) {
    return found.stream().filter(one -> one.verdict() == verdict).count();
  }
}
