package org.jetfold.tables.csv;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes and reads the numbers of a CSV file: decimal integers, decimal floats, {@code nan} and
 * {@code inf} in any case, {@code true} and {@code false} in any case. Nothing else is a number: no
 * hexadecimal, no digit groups, none of the suffixes that Java would take.
 */
final class CsvNumber {
  // Possessive, so that a long text that is no number costs one look and no going back. An integer
  // has none of the groups.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(?:[0-9]++(\\.[0-9]*+)?+|(\\.[0-9]++))([eE][+-]?+[0-9]++)?+");
  private static final Pattern SPECIAL = Pattern.compile("[+-]?+(?i:nan|inf|infinity)");

  /** Integers with so few characters, sign and all, fit in 64 bits. */
  private static final int SHORT = 18;

  /** Decimals with so few characters and no exponent are no larger than any double. */
  private static final int FINITE = 308;

  /** Integers with so few digits are doubles. */
  private static final int EXACT = 15;

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
  static Kind kind(String field) {
    if (field.isEmpty()) {
      return Kind.MISSING;
    }
    Matcher number = NUMBER.matcher(field);
    if (number.matches()) {
      boolean integer = number.start(1) < 0 && number.start(2) < 0 && number.start(3) < 0;
      return integer ? integerKind(field) : Kind.DECIMAL;
    }
    if (SPECIAL.matcher(field).matches()) {
      return Kind.DECIMAL;
    }
    return field.equalsIgnoreCase("true") || field.equalsIgnoreCase("false")
        ? Kind.BOOLEAN
        : Kind.TEXT;
  }

  private static Kind integerKind(String field) {
    if (field.charAt(0) == '-' && field.chars().skip(1).allMatch(c -> c == '0')) {
      return Kind.DECIMAL;
    }
    if (field.length() <= SHORT) {
      return Kind.INTEGER;
    }
    BigInteger value = new BigInteger(field);
    if (value.bitLength() < Long.SIZE) {
      return Kind.INTEGER;
    }
    return value.signum() > 0 && value.bitLength() == Long.SIZE
        ? Kind.LARGE_INTEGER
        : Kind.HUGE_INTEGER;
  }

  /**
   * The value of a field of a kind: INTEGER, LARGE_INTEGER (then as the negative number with the
   * same bits) or BOOLEAN.
   */
  static long integer(String field, Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Boolean.parseBoolean(field) ? 1 : 0;
      case LARGE_INTEGER -> Long.parseUnsignedLong(field);
      default -> Long.parseLong(field);
    };
  }

  /**
   * The double nearest to a field that is an integer, a BOOLEAN (1 or 0) or a DECIMAL; NaN for a
   * MISSING one.
   */
  static double decimal(String field, Kind kind) {
    if (kind == Kind.MISSING) {
      return Double.NaN;
    }
    if (kind == Kind.BOOLEAN) {
      return Boolean.parseBoolean(field) ? 1 : 0;
    }
    char last = field.charAt(field.length() - 1);
    if (last == '.' || (last >= '0' && last <= '9')) {
      return Double.parseDouble(field);
    }
    return switch (last) {
      case 'n', 'N' -> Double.NaN;
      default -> field.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    };
  }

  /** Whether a field is a finite number beyond all doubles. */
  static boolean isTooLarge(String field, Kind kind) {
    boolean maybe = field.length() > FINITE || field.indexOf('e') >= 0 || field.indexOf('E') >= 0;
    return maybe
        && (kind == Kind.DECIMAL || kind == Kind.HUGE_INTEGER)
        && Double.isInfinite(decimal(field, kind));
  }

  /**
   * Whether a double is less than the nearest to a field: an integer that no double is equal to, or
   * a number that became 0. That a decimal fraction is rounded to the last bit is what reading text
   * means.
   */
  static boolean isRounded(String field, Kind kind, double value) {
    return switch (kind) {
      case INTEGER, LARGE_INTEGER, HUGE_INTEGER ->
          field.length() > EXACT && new BigDecimal(field).compareTo(new BigDecimal(value)) != 0;
      case DECIMAL -> value == 0 && new BigDecimal(mantissa(field)).signum() != 0;
      default -> false;
    };
  }

  /** A number without its exponent, which may be too large for any type. */
  private static String mantissa(String field) {
    int end = Math.max(field.indexOf('e'), field.indexOf('E'));
    return end < 0 ? field : field.substring(0, end);
  }
}
