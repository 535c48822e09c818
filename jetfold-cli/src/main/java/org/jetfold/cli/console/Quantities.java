package org.jetfold.cli.console;

import java.util.List;
import java.util.Locale;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

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

  /** A value rounded to significant digits, without trailing zeros. */
  public static String significant(double value, int digits) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
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

  /** The smallest value of a column; an empty text where there is none. */
  public static String minimum(@Nullable Range range, ValueType type) {
    return switch (range) {
      case null -> "";
      case Range.OfFloats(double minimum, _) -> significant(minimum, 5);
      case Range.OfIntegers(long minimum, _) -> integer(minimum, type);
    };
  }

  /** The largest value of a column; an empty text where there is none. */
  public static String maximum(@Nullable Range range, ValueType type) {
    return switch (range) {
      case null -> "";
      case Range.OfFloats(_, double maximum) -> significant(maximum, 5);
      case Range.OfIntegers(_, long maximum) -> integer(maximum, type);
    };
  }

  /** An integer in its 64-bit form. */
  public static String integer(long value, ValueType type) {
    return type == ValueType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
