package org.jetfold.train;

/** Nothing tells the unit of a table's energies; the caller must state it. */
public final class MissingUnitException extends UntrainableTableException {
  private static final long serialVersionUID = 1L;

  /** Says which table lacks it. */
  public MissingUnitException(String message) {
    super(message);
  }
}
