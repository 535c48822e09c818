package org.jetfold.train;

import org.jetfold.codec.error.JetfoldException;

/** A file is not a checkpoint, or is damaged. The message is one line for the user. */
public final class CheckpointException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public CheckpointException(String message) {
    super(message);
  }
}
