package org.jetfold.codec.precision;

import org.jetfold.codec.error.JetfoldException;

/**
 * A precision that is not possible, or not for its column. The message is one line for the user:
 * what is wrong, and what to write instead.
 */
public final class PrecisionException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public PrecisionException(String message) {
    super(message);
  }

  /** An exception with a message for the user and its cause. */
  PrecisionException(String message, PrecisionException cause) {
    super(message, cause);
  }
}
