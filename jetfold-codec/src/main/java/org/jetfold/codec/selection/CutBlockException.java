package org.jetfold.codec.selection;

import org.jetfold.codec.error.JetfoldException;

/**
 * Events were chosen in the middle of a block that can only be copied as a whole. The message is
 * one line for the user.
 */
public final class CutBlockException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public CutBlockException(String message) {
    super(message);
  }
}
