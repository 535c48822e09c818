package org.jetfold.codec.text;

import java.util.List;
import java.util.Locale;

/** Numbers as text for people. */
public final class Quantities {
  private static final double KILO = 1000;
  private static final String[] PREFIXES = {"k", "M", "G", "T", "P"};

  private Quantities() {}

  /** A size with three digits and a decimal prefix: 24.9 MB. */
  public static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double scaled = bytes;
    int prefix = -1;
    while (scaled >= KILO - 0.5 && prefix < PREFIXES.length - 1) {
      scaled /= KILO;
      prefix++;
    }
    int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return decimal(scaled, decimals) + " " + PREFIXES[prefix] + "B";
  }

  /** A count with its noun: 1 row, 58,964 events. */
  public static String count(long count, String singular) {
    return count(count, singular, singular + "s");
  }

  /** A count with its noun, whose plural is not regular. */
  public static String count(long count, String singular, String plural) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
  }

  /** The names; of many, the first six and the number of the others. */
  public static String names(List<String> names) {
    int most = 6;
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
  }

  /** A number with fixed digits behind the point. */
  public static String decimal(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  /** An error with three significant digits: 0.00397, 1.22e-4. */
  public static String error(double error) {
    return error == 0 ? "0" : significant(error, 3);
  }

  /** A value rounded to significant digits, without trailing zeros; a dash for NaN. */
  public static String significant(double value, int digits) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.isNaN(value) ? "–" : value > 0 ? "∞" : "-∞";
    }
    String scientific = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    int e = scientific.indexOf('e');
    int exponent = Integer.parseInt(scientific.substring(e + 1));
    if (exponent >= -4 && exponent < 7) {
      return withoutZeros(decimal(value, Math.max(0, digits - 1 - exponent)));
    }
    return withoutZeros(scientific.substring(0, e)) + "e" + exponent;
  }

  private static String withoutZeros(String decimal) {
    return decimal.contains(".") ? decimal.replaceFirst("\\.?0+$", "") : decimal;
  }

  /** A part of a whole, from 0 to 1: 12.3 %; one that is not 0 never looks as if it were. */
  public static String percent(double part) {
    return part > 0 && part < 0.0005 ? "< 0.1 %" : decimal(100 * part, 1) + " %";
  }
}
