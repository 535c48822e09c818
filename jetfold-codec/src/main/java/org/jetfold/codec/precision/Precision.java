package org.jetfold.codec.precision;

import java.math.BigDecimal;
import org.jetfold.codec.table.ValueType;

/**
 * How much of each value a column may lose.
 *
 * <p>Whatever the setting, zeros keep their sign, and infinities and NaNs keep every bit. The text
 * form is {@code exact}, {@code bits:7}, {@code rel:0.004}, {@code abs:0.001}, {@code step:0.01},
 * {@code abs:0.1*ptErr}, or {@code rel} and {@code abs} with dither, {@code rel:0.009:dither};
 * {@code toString} gives it and {@link #parse} takes it.
 */
public sealed interface Precision {
  /** The setting that loses nothing. */
  static Precision exact() {
    return new Exact();
  }

  /** Every bit is kept. */
  record Exact() implements Precision {
    @Override
    public String toString() {
      return "exact";
    }
  }

  /**
   * Float truncation: keeps {@code bits} mantissa bits and rounds the rest away (half-way cases go
   * away from zero). The relative error of a normal float is at most 2^−(bits+1).
   *
   * @param bits 1 to 23 for FLOAT32, 1 to 52 for FLOAT64; the largest keeps everything
   */
  record Bits(int bits) implements Precision {
    /** The mantissa bits that a FLOAT32 has. */
    public static final int MAX_FOR_FLOAT32 = 23;

    /** The mantissa bits that a FLOAT64 has. */
    public static final int MAX_FOR_FLOAT64 = 52;

    /** Checks the number of bits against the longest mantissa. */
    public Bits {
      if (bits < 1 || bits > MAX_FOR_FLOAT64) {
        throw new PrecisionException(
            "bits:%d: mantissa bits must be between 1 and %d for a float32, 1 and %d for a float64"
                .formatted(bits, Bits.MAX_FOR_FLOAT32, Bits.MAX_FOR_FLOAT64));
      }
    }

    @Override
    public String toString() {
      return "bits:" + bits;
    }
  }

  /**
   * A bound on the relative error of each value: |restored − original| ≤ bound · |original|, in
   * exact arithmetic.
   *
   * @param bound above 0 and below 1
   */
  record Relative(double bound) implements Precision {
    /** Checks the bound. */
    public Relative {
      if (!(bound > 0 && bound < 1)) {
        throw new PrecisionException(
            "rel:%s: a relative bound must be above 0 and below 1, as in rel:0.004"
                .formatted(DecimalText.text(bound)));
      }
    }

    @Override
    public String toString() {
      return "rel:" + DecimalText.text(bound);
    }
  }

  /**
   * A bound on the error of each value, in the column's unit: |restored − original| ≤ bound, in
   * exact arithmetic.
   *
   * @param bound above 0 and finite
   */
  record Absolute(double bound) implements Precision {
    /** Checks the bound. */
    public Absolute {
      if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
        throw new PrecisionException(
            "abs:%s: an absolute bound must be a finite number above 0, as in abs:0.001"
                .formatted(DecimalText.text(bound)));
      }
    }

    @Override
    public String toString() {
      return "abs:" + DecimalText.text(bound);
    }
  }

  /**
   * Rounding to a decimal grid, as in tables of numbers: a value comes back as the float nearest to
   * a multiple of the step, so that its error is at most half a step and half an ulp of what comes
   * back. Where floats are further apart than half a step, every bit is kept.
   *
   * @param step 1e-15 to 1e15, with at most {@value #MAX_DIGITS} significant digits
   */
  record Step(BigDecimal step) implements Precision {
    /** The most significant digits of a step. */
    public static final int MAX_DIGITS = 6;

    private static final BigDecimal SMALLEST = BigDecimal.ONE.scaleByPowerOfTen(-15);
    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(15);

    /** Checks the step and leaves out zeros at its end. */
    public Step {
      step = step.stripTrailingZeros();
      if (step.compareTo(SMALLEST) < 0
          || step.compareTo(LARGEST) > 0
          || step.precision() > MAX_DIGITS) {
        throw new PrecisionException(
            "step:%s: a step must be between 1e-15 and 1e15 and have at most %d significant digits, as in step:0.01"
                .formatted(DecimalText.text(step.doubleValue()), MAX_DIGITS));
      }
    }

    @Override
    public String toString() {
      return "step:" + DecimalText.text(step.doubleValue());
    }
  }

  /**
   * A bound on the error of each value that is a share of another column's value in the same row:
   * |restored − original| ≤ factor · that value, both as it was and as it comes back. Where that
   * value is not finite, or not above 0, every bit is kept.
   *
   * @param factor above 0 and finite
   * @param column the name of a float column of the same collection, which has a bound of its own
   */
  record Scaled(double factor, String column) implements Precision {
    /** Checks the factor. */
    public Scaled {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY) || column.isBlank()) {
        throw new PrecisionException(
            "abs:%s*%s: a bound from a column is a finite factor above 0 and the column's name, as in abs:0.1*ptErr"
                .formatted(DecimalText.text(factor), column));
      }
    }

    @Override
    public String toString() {
      return "abs:%s*%s".formatted(DecimalText.text(factor), column);
    }
  }

  /**
   * A bound whose grid is shifted by a phase that each event has (docs/dither.md): the errors of a
   * column are then spread evenly over ±bound, whatever the values are, and no histogram shows the
   * grid. The bound holds as it does without.
   *
   * @param bound a relative bound up to {@value #MAX_RELATIVE}, or an absolute one
   * @param snapped whether a 64th of the bound is left over, so that of the floats that are as near
   *     to what the grid gives, the one with the fewest mantissa bits is restored
   */
  record Dithered(Precision bound, boolean snapped) implements Precision {
    /** The largest relative bound that can be dithered. */
    public static final double MAX_RELATIVE = 0.25;

    /** What is written behind the bound. */
    static final String SUFFIX = ":dither";

    /** What is written behind that where values are snapped. */
    static final String SNAP = ":snap";

    /** The share of a bound that the grid takes where values are snapped. */
    private static final double SHARE_OF_GRID = 63.0 / 64;

    /** A bound whose grid takes all of it. */
    public Dithered(Precision bound) {
      this(bound, false);
    }

    /** The bound of the grid: where values are snapped, 63/64 of theirs. */
    public Precision grid() {
      if (!snapped) {
        return bound;
      }
      return bound instanceof Relative(double e)
          ? new Relative(e * SHARE_OF_GRID)
          : new Absolute(Math.max(((Absolute) bound).bound() * SHARE_OF_GRID, Double.MIN_VALUE));
    }

    /** Checks what is to be dithered. */
    public Dithered {
      switch (bound) {
        case Relative(double e) when e > MAX_RELATIVE ->
            throw new PrecisionException(
                "%s%s: a relative bound with dither must be at most %s"
                    .formatted(bound, SUFFIX, DecimalText.text(MAX_RELATIVE)));
        case Relative unused -> {}
        case Absolute unused -> {}
        case Bits unused ->
            throw new PrecisionException(
                "%s%s: float truncation has no grid that a phase could shift; write rel:%s%s"
                    .formatted(
                        bound,
                        SUFFIX,
                        DecimalText.text(Math.scalb(1.0, -((Bits) bound).bits() - 1)),
                        SUFFIX));
        case Step(BigDecimal step) ->
            throw new PrecisionException(
                "%s%s: dither would move values off the decimal grid; write abs:%s%s"
                    .formatted(bound, SUFFIX, DecimalText.text(step.doubleValue() / 2), SUFFIX));
        case Scaled unused ->
            throw new PrecisionException(
                "%s%s: a bound from another column cannot be dithered".formatted(bound, SUFFIX));
        default ->
            throw new PrecisionException(
                "%s%s: only rel and abs can be dithered, as in rel:0.009:dither"
                    .formatted(bound, SUFFIX));
      }
    }

    @Override
    public String toString() {
      return bound + SUFFIX + (snapped ? SNAP : "");
    }
  }

  /**
   * The precision of values that an autoencoder restores: nothing is promised, errors are measured.
   */
  static Precision measured() {
    return new Measured();
  }

  /**
   * No bound: a finite value comes back as some finite value, and the file records the largest
   * error that was made. Only an autoencoder codes columns like this (docs/format.md section 13).
   * {@link #parse} does not accept it.
   */
  record Measured() implements Precision {
    @Override
    public String toString() {
      return "measured";
    }
  }

  /**
   * Reads a setting. A bound is the double nearest to its text.
   *
   * @throws PrecisionException where the text is not a precision
   */
  static Precision parse(String text) {
    String setting = text.strip();
    if (setting.endsWith(Dithered.SNAP)) {
      Precision dithered = parse(setting.substring(0, setting.length() - Dithered.SNAP.length()));
      if (dithered instanceof Dithered(Precision bound, boolean snapped) && !snapped) {
        return new Dithered(bound, true);
      }
      throw new PrecisionException(
          "'%s': only dithered values can be snapped, as in rel:0.009:dither:snap"
              .formatted(setting));
    }
    if (setting.endsWith(Dithered.SUFFIX)) {
      return new Dithered(parse(setting.substring(0, setting.length() - Dithered.SUFFIX.length())));
    }
    int colon = setting.indexOf(':');
    String kind = colon < 0 ? setting : setting.substring(0, colon);
    String value = colon < 0 ? "" : setting.substring(colon + 1).strip();
    return switch (kind) {
      case "exact" -> {
        if (colon >= 0) {
          throw new PrecisionException("'%s': exact takes no number".formatted(setting));
        }
        yield exact();
      }
      case "bits" -> new Bits(DecimalText.parseCount(setting, value));
      case "rel" -> new Relative(DecimalText.parse(setting, value));
      case "abs" -> absolute(setting, value);
      case "step" -> new Step(DecimalText.parseDecimal(setting, value));
      default ->
          throw new PrecisionException(
              "'%s' is not a precision: write exact, bits:7, rel:0.004, abs:0.001, step:0.01 or rel:0.009:dither"
                  .formatted(setting));
    };
  }

  private static Precision absolute(String setting, String value) {
    int star = value.indexOf('*');
    return star < 0
        ? new Absolute(DecimalText.parse(setting, value))
        : new Scaled(
            DecimalText.parse(setting, value.substring(0, star).strip()),
            value.substring(star + 1).strip());
  }

  /** What restored values are held to: this setting, or of a dithered one its bound. */
  default Precision promise() {
    return this instanceof Dithered dithered ? dithered.bound() : this;
  }

  /** True where a restored value may differ from the original. */
  default boolean isLossy() {
    return !(this instanceof Exact);
  }

  /**
   * Checks that this precision suits values of a type.
   *
   * @throws PrecisionException where it keeps more bits than a float has, or loses bits of integers
   */
  default void requireFits(ValueType type) {
    if (this instanceof Bits(int bits)
        && type == ValueType.FLOAT32
        && bits > Bits.MAX_FOR_FLOAT32) {
      throw new PrecisionException(
          "%s on a float32 column: a float32 has %d mantissa bits; write bits:1 to bits:%d, or exact"
              .formatted(this, Bits.MAX_FOR_FLOAT32, Bits.MAX_FOR_FLOAT32));
    }
    if (isLossy() && !type.isFloat()) {
      throw new PrecisionException(
          "%s on a column of type %s: integers and booleans are always exact"
              .formatted(this, type));
    }
  }
}
