package org.jetfold.study;

import org.jetfold.codec.error.JetfoldException;

/**
 * A table, or what was asked of it, does not suit a study. The message is one line for the user
 * that says what is wrong and what to do; it names columns but not files, which a study does not
 * know.
 */
public class StudyException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public StudyException(String message) {
    super(message);
  }
}
