package org.jetfold.train.autoencoder;

import org.jetfold.codec.error.JetfoldException;

/** A training went astray; the message says when, and what to change. */
public final class DivergedException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  DivergedException(double epoch, double rate) {
    super(
        "training diverged in epoch %d: lower the learning rate with --lr (it was %s at most)"
            .formatted((int) epoch + 1, rate));
  }
}
