package org.jetfold.train;

import org.jetfold.codec.error.JetfoldException;

/** A training was interrupted. Its checkpoint, if it has one, is written. */
public final class TrainingInterruptedException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with the message "interrupted". */
  public TrainingInterruptedException() {
    super("interrupted");
  }
}
