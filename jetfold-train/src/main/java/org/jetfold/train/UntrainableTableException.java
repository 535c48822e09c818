package org.jetfold.train;

import org.jetfold.codec.error.JetfoldException;

/** No model can be trained on a table with these settings. The message is one line for the user. */
public class UntrainableTableException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public UntrainableTableException(String message) {
    super(message);
  }
}
