package org.jetfold.tables.numpy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the Python literal that an NPY header is: dicts, tuples, lists, strings, integers,
 * booleans. It evaluates nothing.
 *
 * <p>Dicts become {@link Map}, tuples and lists {@link List}, integers {@link Long}.
 */
final class PythonLiteral {
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException where it is none of the literals above, with the place in the
   *     text
   */
  static Object parse(String text) {
    PythonLiteral literal = new PythonLiteral(text);
    Object value = literal.value(0);
    literal.skipSpace();
    if (literal.at < text.length()) {
      throw literal.error("nothing more");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("less nesting");
    }
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> dict(depth);
      case '(' -> sequence(depth, ')');
      case '[' -> sequence(depth, ']');
      case '\'', '"' -> string();
      default -> c == '-' || Character.isDigit(c) ? integer() : word();
    };
  }

  private Map<String, Object> dict(int depth) {
    at++;
    Map<String, Object> entries = new LinkedHashMap<>();
    while (!closes('}')) {
      skipSpace();
      String key = string();
      expect(':');
      if (entries.put(key, value(depth + 1)) != null) {
        throw error("each key once");
      }
      separator('}');
    }
    return entries;
  }

  private List<Object> sequence(int depth, char end) {
    at++;
    List<Object> items = new ArrayList<>();
    while (!closes(end)) {
      items.add(value(depth + 1));
      separator(end);
    }
    return items;
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw error("a string");
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    return value.toString();
  }

  private String escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '\\', '\'', '"' -> String.valueOf(c);
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'x' -> codePoint(2);
      case 'u' -> codePoint(4);
      case 'U' -> codePoint(8);
      default -> throw error("a known escape");
    };
  }

  private String codePoint(int digits) {
    if (at + digits > text.length()) {
      throw error("%d hexadecimal digits".formatted(digits));
    }
    String hex = text.substring(at, at + digits);
    at += digits;
    int codePoint;
    try {
      codePoint = Integer.parseUnsignedInt(hex, 16);
    } catch (NumberFormatException e) {
      throw error("hexadecimal digits");
    }
    if (!Character.isValidCodePoint(codePoint)) {
      throw error("a Unicode character");
    }
    return Character.toString(codePoint);
  }

  private Long integer() {
    int start = at;
    at++;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++; // Python 2 wrote long integers so.
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw error("an integer below 2^63");
    }
  }

  private Boolean word() {
    if (text.startsWith("True", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("False", at)) {
      at += 5;
      return false;
    }
    throw error("a literal");
  }

  private boolean closes(char end) {
    skipSpace();
    if (peek() == end) {
      at++;
      return true;
    }
    return false;
  }

  private void separator(char end) {
    skipSpace();
    if (peek() == ',') {
      at++;
    } else if (peek() != end) {
      throw error("',' or '" + end + "'");
    }
  }

  private void expect(char wanted) {
    skipSpace();
    if (peek() != wanted) {
      throw error("'" + wanted + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("more text");
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException("character %d: expected %s".formatted(at, expected));
  }
}
