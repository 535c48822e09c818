package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Whether the jets of an event are still in the same order by pT. Mergeable; not thread-safe.
 *
 * <p>An event counts as changed where of two jets the one that was strictly harder is strictly
 * softer now; as tied where no two changed places but some that differed are equal now.
 */
public final class JetOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private long events;
  private long changed;
  private long tied;
  private long leadingChanged;

  /**
   * Adds an event.
   *
   * @param original the pT of its jets
   * @param restored the pT of the same jets after compression, in the same order
   */
  void add(double[] original, double[] restored) {
    events++;
    Integer[] byHardness = new Integer[original.length];
    Arrays.setAll(byHardness, i -> i);
    Arrays.sort(byHardness, (i, j) -> Double.compare(original[j], original[i]));
    boolean swapped = false;
    boolean equal = false;
    double softestHarder = Double.POSITIVE_INFINITY;
    int start = 0;
    while (start < byHardness.length) {
      // Jets of one original pT have no order among themselves.
      int end = start;
      double softest = softestHarder;
      do {
        double now = restored[byHardness[end]];
        swapped |= now > softestHarder;
        equal |= now == softestHarder;
        softest = Math.min(softest, now);
        end++;
      } while (end < byHardness.length && original[byHardness[end]] == original[byHardness[start]]);
      softestHarder = softest;
      start = end;
    }
    changed += swapped ? 1 : 0;
    tied += equal && !swapped ? 1 : 0;
    leadingChanged += swapped && overtakesFirst(original, restored) ? 1 : 0;
  }

  /** Adds what another has seen. */
  void merge(JetOrder other) {
    events += other.events;
    changed += other.changed;
    tied += other.tied;
    leadingChanged += other.leadingChanged;
  }

  private static boolean overtakesFirst(double[] original, double[] restored) {
    int first = 0;
    for (int i = 1; i < original.length; i++) {
      first = original[i] > original[first] ? i : first;
    }
    for (int i = 0; i < original.length; i++) {
      if (original[i] < original[first] && restored[i] > restored[first]) {
        return true;
      }
    }
    return false;
  }

  /** How many events were looked at. */
  public long events() {
    return events;
  }

  /** In how many of them jets changed places. */
  public long changed() {
    return changed;
  }

  /** In how many others jets became equally hard. */
  public long tied() {
    return tied;
  }

  /** In how many the hardest jet is another one. */
  public long leadingChanged() {
    return leadingChanged;
  }
}
