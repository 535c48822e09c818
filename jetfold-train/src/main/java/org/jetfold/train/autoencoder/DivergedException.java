package org.jetfold.train.autoencoder;

import org.jetfold.codec.error.JetfoldException;

/** A training has diverged; the message says when, and what to change. */
public final class DivergedException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  DivergedException(double epoch, double rate) {
    super(
        "training diverged in epoch %d, with a learning rate of at most %s: lower it"
            .formatted((int) epoch + 1, rate));
  }
}
