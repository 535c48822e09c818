package org.jetfold.codec.precision;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The numbers in precision settings: decimal, as people write them, without the hexadecimal and
 * suffixed forms of Java.
 */
final class DecimalText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COUNT = Pattern.compile("[+-]?\\d{1,9}");

  private DecimalText() {}

  /** The double nearest to a setting's number. */
  static double parse(String setting, String number) {
    if (!NUMBER.matcher(number).matches()) {
      throw new PrecisionException(
          "'%s': after the colon comes a number above 0, as in rel:0.004 or abs:1e-3"
              .formatted(setting));
    }
    return Double.parseDouble(number);
  }

  /** A setting's number as it is written; 0 where no double is near it. */
  static BigDecimal parseDecimal(String setting, String number) {
    double nearest = parse(setting, number);
    // Exponents beyond those of doubles could make a number of gigabytes.
    boolean isUsual = nearest > Double.MIN_NORMAL && Double.isFinite(nearest);
    return isUsual ? new BigDecimal(number) : BigDecimal.ZERO;
  }

  /** A setting's number of bits. */
  static int parseCount(String setting, String number) {
    if (!COUNT.matcher(number).matches()) {
      throw new PrecisionException(
          "'%s': after the colon comes a whole number of mantissa bits, as in bits:7"
              .formatted(setting));
    }
    return Integer.parseInt(number);
  }

  /** The shortest text that is read as this number: 0.004, 1e-6, 10. */
  static String text(double number) {
    return Double.toString(number).replace(".0E", "E").replaceFirst("\\.0$", "").replace('E', 'e');
  }
}
