package org.jetfold.codec.error;

/**
 * Something is wrong with what Jetfold was given: a file, a table, a model, a precision. The
 * message is one line for a person, which says what was expected. Failures of devices are {@link
 * java.io.IOException}s.
 */
public abstract class JetfoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with a message. */
  protected JetfoldException(String message) {
    super(message);
  }

  /** A failure with a message and what caused it. */
  protected JetfoldException(String message, Throwable cause) {
    super(message, cause);
  }
}
