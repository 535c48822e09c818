package org.jetfold.codec.model;

import org.jetfold.codec.error.JetfoldException;

/** A model does not suit a table or its precision settings; the message names the columns. */
public class ModelException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** What does not suit. */
  public ModelException(String message) {
    super(message);
  }
}
