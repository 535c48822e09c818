package org.jetfold.codec.precision;

import java.util.regex.Pattern;

/**
 * A pattern of column names: {@code *} matches any characters, {@code ?} one, and a backslash makes
 * the next character match itself. Case matters.
 *
 * @param text as the user wrote it
 * @param literal the name that it matches, where it is plain; without backslashes
 * @param plain true where it has neither {@code *} nor {@code ?}
 * @param bareStar true where it is nothing but {@code *}
 * @param regex the regular expression that names are compared with
 */
public record NamePattern(
    String text, String literal, boolean plain, boolean bareStar, Pattern regex) {
  /** Reads a pattern. Every text is a pattern. */
  public static NamePattern parse(String text) {
    StringBuilder regex = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    boolean plain = true;
    boolean onlyStars = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?') {
        plain = false;
        onlyStars &= c == '*';
        regex.append(c == '*' ? ".*" : ".");
      } else {
        onlyStars = false;
        if (c == '\\' && i + 1 < text.length()) {
          c = text.charAt(++i);
        }
        literal.append(c);
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new NamePattern(
        text,
        literal.toString(),
        plain,
        onlyStars,
        Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** The text of the pattern that matches a name and no other. */
  public static String escaped(String name) {
    return name.replaceAll("[*?\\\\]", "\\\\$0");
  }

  /** True where the pattern matches a name. */
  public boolean fits(String name) {
    return plain ? literal.equals(name) : regex.matcher(name).matches();
  }
}
