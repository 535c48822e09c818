package org.jetfold.codec.table;

import org.jetfold.codec.error.JetfoldException;

/**
 * A source holds something that cannot be read as a table. The message is one line for the user:
 * which file, where in it, what was expected, what to do.
 */
public final class UnreadableTableException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public UnreadableTableException(String message) {
    super(message);
  }

  /** An exception with a message for the user and the failure behind it. */
  public UnreadableTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
