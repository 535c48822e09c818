package org.jetfold.train.autoencoder;

import org.jetfold.train.UntrainableTableException;

/** Nothing tells the unit of a table's energies; the caller must state it. */
public final class MissingUnitException extends UntrainableTableException {
  private static final long serialVersionUID = 1L;

  MissingUnitException(String message) {
    super(message);
  }
}
