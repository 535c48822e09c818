package org.jetfold.codec.file;

import org.jetfold.codec.error.JetfoldException;

/** A file is no Jetfold file, or needs a version or feature that this reader does not know. */
public final class UnsupportedFormatException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public UnsupportedFormatException(String message) {
    super(message);
  }
}
