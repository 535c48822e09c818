package org.jetfold.codec.table;

import org.jetfold.codec.error.JetfoldException;

/** A table has no column of a name, or several of them. */
public final class UnknownColumnException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  UnknownColumnException(String message) {
    super(message);
  }
}
