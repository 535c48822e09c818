package org.jetfold.study.residual;

import java.io.IOException;

/** A weight is not there, or is no number; the message names it, for the user. */
public final class InvalidWeightException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public InvalidWeightException(String message) {
    super(message);
  }
}
