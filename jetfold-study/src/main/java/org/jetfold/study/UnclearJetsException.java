package org.jetfold.study;

/** Which collection holds the jets must be said; the message lists those that there are. */
public final class UnclearJetsException extends StudyException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public UnclearJetsException(String message) {
    super(message);
  }
}
