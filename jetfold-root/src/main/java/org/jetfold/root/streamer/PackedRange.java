package org.jetfold.root.streamer;

import java.util.Locale;

/**
 * How a Double32_t or Float16_t is packed: as a 32-bit integer within a range, or as exponent and
 * truncated mantissa.
 *
 * @param factor integer steps a unit; 0 where there is no range
 * @param minimum the range's lower end
 * @param bits mantissa bits where there is no range; 0 for the type's own default
 */
public record PackedRange(double factor, double minimum, int bits) {
  /** No range and no bits. */
  public static final PackedRange NONE = new PackedRange(0, 0, 0);

  private static final int MAX_MANTISSA = 15;

  /**
   * Understands the range in a comment or a leaf's title: {@code [min,max]}, {@code
   * [min,max,bits]}, where the ends may be multiples of π. {@link #NONE} where there is none.
   */
  public static PackedRange of(String comment) {
    int open = comment.indexOf('[');
    while (open >= 0) {
      int close = comment.indexOf(']', open);
      if (close < 0) {
        return NONE;
      }
      String inside = comment.substring(open + 1, close);
      if (inside.indexOf(',') >= 0) {
        return parsed(inside.split(",", -1));
      }
      open = comment.indexOf('[', close);
    }
    return NONE;
  }

  private static PackedRange parsed(String[] parts) {
    int bits = 32;
    if (parts.length > 2) {
      double asked = number(parts[2]);
      bits = asked >= 2 && asked <= 32 ? (int) asked : 32;
    }
    double minimum = number(parts[0]);
    double maximum = number(parts[1]);
    if (minimum < maximum) {
      double steps = bits < 32 ? 1L << bits : 0xFFFFFFFFL;
      return new PackedRange(steps / (maximum - minimum), minimum, 0);
    }
    return bits < MAX_MANTISSA ? new PackedRange(0, 0, bits) : NONE;
  }

  /** What a TStreamerElement of version 3 holds itself. */
  static PackedRange stored(double minimum, double factor) {
    if (factor > 0) {
      return new PackedRange(factor, minimum, 0);
    }
    return minimum >= 1 && minimum < MAX_MANTISSA ? new PackedRange(0, 0, (int) minimum) : NONE;
  }

  private static double number(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    int pi = plain.indexOf("pi");
    if (pi < 0) {
      try {
        return Double.parseDouble(plain);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    double value = Math.PI;
    if (plain.contains("2pi") || plain.contains("2*pi") || plain.contains("twopi")) {
      value = 2 * Math.PI;
    }
    if (plain.contains("pi/2")) {
      value = Math.PI / 2;
    }
    if (plain.contains("pi/4")) {
      value = Math.PI / 4;
    }
    return plain.startsWith("-") ? -value : value;
  }
}
