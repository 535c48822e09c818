package org.jetfold.train;

import org.jetfold.codec.error.JetfoldException;

/** Libtorch is missing, or cannot be loaded. The message is one line for the user. */
public final class LibTorchException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  LibTorchException(String message) {
    super(message);
  }

  LibTorchException(String message, Throwable cause) {
    super(message, cause);
  }
}
