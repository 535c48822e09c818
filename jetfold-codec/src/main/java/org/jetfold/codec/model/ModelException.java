package org.jetfold.codec.model;

/** A model does not suit a table or its precision settings; the message names the columns. */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What does not suit. */
  public ModelException(String message) {
    super(message);
  }
}
