package org.jetfold.study.residual;

import java.io.IOException;

/** Two tables are not an original and its restored form; the message says why, for the user. */
public final class IncomparableTablesException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message that stands behind "the restored table is another one: ". */
  public IncomparableTablesException(String message) {
    super(message);
  }
}
