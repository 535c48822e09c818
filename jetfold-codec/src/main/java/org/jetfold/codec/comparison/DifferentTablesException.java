package org.jetfold.codec.comparison;

import org.jetfold.codec.error.JetfoldException;

/** Two tables are not an original and its restored form. */
public final class DifferentTablesException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private final TableDifference.Kind kind;

  /** An exception whose message is the difference in words. */
  public DifferentTablesException(TableDifference.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The difference. */
  public TableDifference difference() {
    return new TableDifference(kind, String.valueOf(getMessage()));
  }
}
