package org.jetfold.study.bumphunt;

import org.jetfold.study.StudyException;

/** What a spectrum would be without a signal. Implementations are safe for use by many threads. */
public interface Background {
  /**
   * The events, or the sum of weights, that are expected in each bin.
   *
   * @param observed the spectrum, of data or of a pseudo-experiment
   * @throws StudyException where the spectrum does not allow an estimate
   */
  double[] expected(BinCounts observed) throws StudyException;

  /** A background that is known beforehand, whatever is observed. */
  static Background known(double[] expected) {
    double[] copy = expected.clone();
    return observed -> copy;
  }
}
