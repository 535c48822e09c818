package org.jetfold.codec.table;

import java.nio.charset.StandardCharsets;
import org.jetfold.codec.error.JetfoldException;

/**
 * A name or unit is no Unicode text: a surrogate in it lacks its other half. UTF-8 has no bytes for
 * such a text, so that no file could hold it, and encoders that put a question mark in its place
 * make different names the same.
 */
public final class IllFormedNameException extends JetfoldException {
  private static final long serialVersionUID = 1L;

  private IllFormedNameException(String message) {
    super(message);
  }

  /**
   * Checks a text.
   *
   * @param what the text is
   */
  static void check(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllFormedNameException(
          "the %s '%s' is not well-formed Unicode (a surrogate lacks its other half): rename it"
              .formatted(what, escaped(text)));
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (Character.getType(c) == Character.SURROGATE) {
            escaped.append("\\u%04x".formatted(c));
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }
}
