package org.jetfold.train.density;

import org.jetfold.train.UntrainableTableException;

/** The order that was asked for names columns that are not there, or one twice. */
public final class OrderException extends UntrainableTableException {
  private static final long serialVersionUID = 1L;

  OrderException(String message) {
    super(message);
  }
}
