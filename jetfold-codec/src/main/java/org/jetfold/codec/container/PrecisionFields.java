package org.jetfold.codec.container;

import java.math.BigDecimal;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;

/** A setting as bytes (docs/format.md section 4, field precision). */
public final class PrecisionFields {
  private static final int MOST_DIGITS = 22;

  private PrecisionFields() {}

  /** Writes a setting. */
  public static void write(Precision precision, ByteWriter out) {
    switch (precision) {
      case Precision.Exact() -> out.u8(0);
      case Precision.Bits(int bits) -> {
        out.u8(1);
        out.u8(bits);
      }
      case Precision.Relative(double bound) -> {
        out.u8(2);
        out.f64(bound);
      }
      case Precision.Absolute(double bound) -> {
        out.u8(3);
        out.f64(bound);
      }
      case Precision.Measured() -> out.u8(4);
      case Precision.Dithered(Precision.Relative(double bound), boolean snapped) -> {
        out.u8(snapped ? 9 : 5);
        out.f64(bound);
      }
      case Precision.Dithered(Precision.Absolute(double bound), boolean snapped) -> {
        out.u8(snapped ? 10 : 6);
        out.f64(bound);
      }
      case Precision.Step(BigDecimal step) -> {
        out.u8(11);
        out.varint(step.unscaledValue().longValueExact());
        out.zigzag(step.scale());
      }
      case Precision.Dithered unused -> throw new IllegalArgumentException(precision.toString());
      case Precision.Scaled(double factor, String column) -> {
        out.u8(8);
        out.f64(factor);
        out.string(column);
      }
    }
  }

  /**
   * Reads a setting.
   *
   * @param column whose setting it is, for messages
   * @throws org.jetfold.codec.bytes.MalformedBytesException where the bytes are not a precision
   * @throws PrecisionException where its bound is out of range
   */
  public static Precision read(ByteReader in, String column) {
    int kind = in.u8();
    return switch (kind) {
      case 0 -> Precision.exact();
      case 1 -> new Precision.Bits(in.u8());
      case 2 -> new Precision.Relative(in.f64());
      case 3 -> new Precision.Absolute(in.f64());
      case 4 -> Precision.measured();
      case 5 -> new Precision.Dithered(new Precision.Relative(in.f64()));
      case 6 -> new Precision.Dithered(new Precision.Absolute(in.f64()));
      case 9 -> new Precision.Dithered(new Precision.Relative(in.f64()), true);
      case 10 -> new Precision.Dithered(new Precision.Absolute(in.f64()), true);
      case 8 -> new Precision.Scaled(in.f64(), in.string());
      case 11 -> step(in, column);
      default ->
          throw in.malformed("column %s has the unknown precision %d".formatted(column, kind));
    };
  }

  private static Precision step(ByteReader in, String column) {
    long unscaled = in.varint();
    long scale = in.zigzag();
    if (unscaled <= 0 || Math.abs(scale) > MOST_DIGITS) {
      throw in.malformed("column %s has a step that no column can have".formatted(column));
    }
    Precision.Step step = new Precision.Step(BigDecimal.valueOf(unscaled, (int) scale));
    if (step.step().scale() != scale) {
      throw in.malformed("column %s has a step with zeros at its end".formatted(column));
    }
    return step;
  }
}
