package org.jetfold.tables;

/**
 * What was asked for makes no sense. The message is one line for the user and says what to do
 * instead.
 */
public final class TableUsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public TableUsageException(String message) {
    super(OneLine.of(message));
  }
}
