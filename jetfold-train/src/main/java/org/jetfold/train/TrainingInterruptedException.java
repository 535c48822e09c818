package org.jetfold.train;

/** Training was interrupted; a checkpoint, where one was wanted, has been written. */
public final class TrainingInterruptedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An exception without more to say. */
  public TrainingInterruptedException() {
    super("interrupted");
  }
}
