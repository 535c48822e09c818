package org.jetfold.study.residual;

import java.io.Serializable;
import org.jetfold.study.statistics.Histogram;
import org.jetfold.study.statistics.LinearHistogram;
import org.jetfold.study.statistics.LogHistogram;

/**
 * A variable's values before and after, and what moved between them. Mergeable; not thread-safe.
 *
 * @param before the original values
 * @param after the restored values
 * @param moved w² where a value was, or is, the lower of the two, and −w² where the higher: the sum
 *     below any edge is Σw² of the values that crossed it, whatever bins are joined later
 * @param alone w² of values that have no partner
 */
record Spectrum(Values before, Values after, Values moved, Values alone) implements Serializable {
  Spectrum() {
    this(new Values(), new Values(), new Values(), new Values());
  }

  /**
   * The same values in two binnings; which one shows them is decided at the end.
   *
   * @param linear equal bins
   * @param log bins that widen with the value
   */
  record Values(LinearHistogram linear, LogHistogram log) implements Serializable {
    Values() {
      this(new LinearHistogram(), new LogHistogram());
    }

    private void add(double value, double weight) {
      linear.add(value, weight);
      log.add(value, weight);
    }

    private void merge(Values other) {
      linear.merge(other.linear);
      log.merge(other.log);
    }

    Histogram histogram(boolean logarithmic) {
      return logarithmic ? log : linear;
    }
  }

  /** Adds a value, finite before and after. */
  void add(double original, double restored, double weight) {
    before.add(original, weight);
    after.add(restored, weight);
    if (original != restored) {
      moved.add(Math.min(original, restored), weight * weight);
      moved.add(Math.max(original, restored), -weight * weight);
    }
  }

  /** Adds a finite value that was there before alone. */
  void addBefore(double original, double weight) {
    before.add(original, weight);
    alone.add(original, weight * weight);
  }

  /** Adds a finite value that is there after alone. */
  void addAfter(double restored, double weight) {
    after.add(restored, weight);
    alone.add(restored, weight * weight);
  }

  void merge(Spectrum other) {
    before.merge(other.before);
    after.merge(other.after);
    moved.merge(other.moved);
    alone.merge(other.alone);
  }

  /** Gives all of them the same bins, those of the coarsest. */
  void align() {
    // Two rounds: the first finds the coarsest, the second gives it to all.
    for (int round = 0; round < 2; round++) {
      before.linear.align(after.linear);
      before.linear.align(moved.linear);
      before.linear.align(alone.linear);
    }
  }
}
