package org.jetfold.codec.error;

import java.util.regex.Pattern;

/**
 * Something is wrong with what Jetfold was given: a file, a table, a model, a precision. The
 * message is one line for a person, which says what was expected. Failures of devices are {@link
 * java.io.IOException}s.
 */
public abstract class JetfoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\u2028\u2029]");

  /** A failure with a message. */
  protected JetfoldException(String message) {
    super(oneLine(message));
  }

  /** A failure with a message and what caused it. */
  protected JetfoldException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /**
   * A text fit for a message of one line, whatever names and texts from files it quotes: with a
   * question mark for every control character.
   */
  public static String oneLine(String text) {
    return CONTROLS.matcher(text).replaceAll("?");
  }
}
