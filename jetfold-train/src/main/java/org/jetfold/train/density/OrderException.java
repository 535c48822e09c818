package org.jetfold.train.density;

import org.jetfold.train.UntrainableTableException;

/** The order of columns that was asked for names a missing column, or one column twice. */
public final class OrderException extends UntrainableTableException {
  private static final long serialVersionUID = 1L;

  OrderException(String message) {
    super(message);
  }
}
