package org.jetfold.train;

import org.jetfold.codec.error.JetfoldException;

/** Training was interrupted; a checkpoint, where one was wanted, has been written. */
public final class TrainingInterruptedException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception without more to say. */
  public TrainingInterruptedException() {
    super("interrupted");
  }
}
