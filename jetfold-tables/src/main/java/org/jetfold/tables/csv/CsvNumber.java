package org.jetfold.tables.csv;

import java.nio.charset.StandardCharsets;

/**
 * Recognizes and reads the numbers of a CSV file: decimal integers, decimal floats, {@code nan} and
 * {@code inf} in any case, {@code true} and {@code false} in any case. Nothing else is a number: no
 * hexadecimal, no digit groups.
 */
final class CsvNumber {
  private static final double[] POWERS = new double[23];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  /** What a field can be read as. */
  enum Kind {
    MISSING,
    BOOLEAN,
    /** An integer between −2⁶³ and 2⁶³−1. */
    INTEGER,
    /** An integer between 2⁶³ and 2⁶⁴−1. */
    LARGE_INTEGER,
    /** An integer beyond 64 bits. */
    HUGE_INTEGER,
    DECIMAL,
    TEXT
  }

  private CsvNumber() {}

  /**
   * What a field can be read as. {@code -0} is a decimal, because only a float has a negative zero.
   */
  static Kind kind(byte[] bytes, int from, int to) {
    if (from == to) {
      return Kind.MISSING;
    }
    int at = from;
    boolean negative = bytes[at] == '-';
    if (negative || bytes[at] == '+') {
      at++;
    }
    int digits = digits(bytes, at, to);
    if (digits > 0 && at + digits == to) {
      return integerKind(bytes, at, to, negative);
    }
    int fraction = 0;
    int next = at + digits;
    if (next < to && bytes[next] == '.') {
      fraction = digits(bytes, next + 1, to);
      next += 1 + fraction;
    }
    if (digits + fraction == 0) {
      return word(bytes, at, to, at > from);
    }
    if (next < to && (bytes[next] | 0x20) == 'e') {
      next++;
      if (next < to && (bytes[next] == '-' || bytes[next] == '+')) {
        next++;
      }
      int exponent = digits(bytes, next, to);
      next = exponent == 0 ? -1 : next + exponent;
    }
    return next == to ? Kind.DECIMAL : Kind.TEXT;
  }

  private static Kind integerKind(byte[] bytes, int from, int to, boolean negative) {
    int first = from;
    while (first < to - 1 && bytes[first] == '0') {
      first++;
    }
    if (to - first == 1 && bytes[first] == '0' && negative) {
      return Kind.DECIMAL;
    }
    if (to - first < 19) {
      return Kind.INTEGER;
    }
    String digits = new String(bytes, first, to - first, StandardCharsets.US_ASCII);
    if (fits(digits, negative ? "9223372036854775808" : "9223372036854775807")) {
      return Kind.INTEGER;
    }
    return !negative && fits(digits, "18446744073709551615")
        ? Kind.LARGE_INTEGER
        : Kind.HUGE_INTEGER;
  }

  private static boolean fits(String digits, String limit) {
    return digits.length() < limit.length()
        || (digits.length() == limit.length() && digits.compareTo(limit) <= 0);
  }

  private static int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private static Kind word(byte[] bytes, int from, int to, boolean signed) {
    if (is(bytes, from, to, "nan")
        || is(bytes, from, to, "inf")
        || is(bytes, from, to, "infinity")) {
      return Kind.DECIMAL;
    }
    return !signed && (is(bytes, from, to, "true") || is(bytes, from, to, "false"))
        ? Kind.BOOLEAN
        : Kind.TEXT;
  }

  private static boolean is(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The value of a field that is an INTEGER or LARGE_INTEGER (then as the negative number with the
   * same bits) or a BOOLEAN.
   */
  static long integer(byte[] bytes, int from, int to) {
    if ((bytes[from] | 0x20) == 't') {
      return 1;
    }
    if ((bytes[from] | 0x20) == 'f') {
      return 0;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] >= '0') {
        value = 10 * value + (bytes[at] - '0');
      }
    }
    return bytes[from] == '-' ? -value : value;
  }

  /** The double nearest to a field that is an integer or a DECIMAL; NaN for a MISSING one. */
  static double decimal(byte[] bytes, int from, int to) {
    if (from == to) {
      return Double.NaN;
    }
    // Up to 15 digits are exact in a double, and so are powers of ten up to 22: then one operation
    // rounds once, correctly.
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    long digits = 0;
    int count = 0;
    int scale = 0;
    boolean point = false;
    for (; at < to; at++) {
      byte c = bytes[at];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        count += digits == 0 ? 0 : 1;
        scale += point ? 1 : 0;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
      if (count > 15) {
        break;
      }
    }
    if (at < to || scale >= POWERS.length) {
      return slow(bytes, from, to);
    }
    double value = digits / POWERS[scale];
    return negative ? -value : value;
  }

  private static double slow(byte[] bytes, int from, int to) {
    int at = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from;
    double value;
    if (is(bytes, at, to, "nan")) {
      return Double.NaN;
    } else if (is(bytes, at, to, "inf") || is(bytes, at, to, "infinity")) {
      value = Double.POSITIVE_INFINITY;
    } else {
      value = Double.parseDouble(new String(bytes, at, to - at, StandardCharsets.US_ASCII));
    }
    return bytes[from] == '-' ? -value : value;
  }
}
