package org.jetfold.codec.derived;

import org.jetfold.codec.error.JetfoldException;

/**
 * A quantity that cannot be computed: an expression that does not parse, an unknown name, columns
 * that do not go together. The message is one line for the user.
 */
public final class DerivedQuantityException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private final Subject subject;

  /** What is wrong. */
  public enum Subject {
    /** A quantity, or a bound on it. */
    QUANTITY,
    /** The definition of a quantity. */
    DEFINITION,
    /** Which collection holds the jets. */
    JETS
  }

  DerivedQuantityException(String message) {
    this(Subject.QUANTITY, message);
  }

  DerivedQuantityException(Subject subject, String message) {
    super(message);
    this.subject = subject;
  }

  /** The same, of something else. */
  DerivedQuantityException about(Subject other) {
    return new DerivedQuantityException(other, String.valueOf(getMessage()));
  }

  /** What is wrong. */
  public Subject subject() {
    return subject;
  }
}
