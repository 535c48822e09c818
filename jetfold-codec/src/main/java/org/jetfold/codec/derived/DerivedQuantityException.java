package org.jetfold.codec.derived;

import org.jetfold.codec.error.JetfoldException;

/**
 * A quantity that cannot be computed: an expression that does not parse, an unknown name, columns
 * that do not go together. The message is one line for the user.
 */
public final class DerivedQuantityException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  DerivedQuantityException(String message) {
    super(message);
  }
}
