package org.jetfold.tables.format;

import java.util.regex.Pattern;

/** Keeps messages on one line, whatever the file's names and texts that they quote contain. */
final class OneLine {
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\u2028\u2029]");

  private OneLine() {}

  /** The text with a question mark for every control character. */
  static String of(String text) {
    return CONTROLS.matcher(text).replaceAll("?");
  }
}
