package org.jetfold.codec.container;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What a footer says of one column of one block (docs/format.md section 10).
 *
 * @param range smallest and largest decoded value; null where the block has none but NaNs
 * @param largestError relative for {@code bits} and {@code rel}, absolute for {@code abs} and
 *     {@code measured}; null for columns that lose nothing
 * @param measurement what else there is of a {@code measured} column; null for all others
 */
public record ColumnStatistics(
    @Nullable Range range, @Nullable Double largestError, @Nullable Measurement measurement) {
  private static final int HAS_RANGE = 1;
  private static final int HAS_ERROR = 2;

  /** Statistics of a column that has a bound, or loses nothing. */
  public ColumnStatistics(@Nullable Range range, @Nullable Double largestError) {
    this(range, largestError, null);
  }

  /**
   * What was found of values that an autoencoder restores.
   *
   * @param largestRelative the largest |x̂−x| / |x| of finite x ≠ 0
   * @param exceptions values that the network could not take or give back, and that are kept as
   *     they are
   */
  public record Measurement(double largestRelative, long exceptions) {}

  /** A smallest and a largest value. */
  public sealed interface Range {
    /** Of floats; −0 is smaller than +0. */
    record OfFloats(double minimum, double maximum) implements Range {}

    /** Of integers in their 64-bit form. */
    record OfIntegers(long minimum, long maximum) implements Range {}
  }

  void write(ByteWriter out, ValueType type) {
    out.u8((range == null ? 0 : HAS_RANGE) | (largestError == null ? 0 : HAS_ERROR));
    switch (range) {
      case null -> {}
      case Range.OfFloats(double minimum, double maximum) -> {
        if (type == ValueType.FLOAT32) {
          out.f32((float) minimum);
          out.f32((float) maximum);
        } else {
          out.f64(minimum);
          out.f64(maximum);
        }
      }
      case Range.OfIntegers(long minimum, long maximum) -> {
        out.zigzag(minimum);
        out.zigzag(maximum);
      }
    }
    if (largestError != null) {
      out.f64(largestError);
    }
    if (measurement != null) {
      out.f64(measurement.largestRelative());
      out.varint(measurement.exceptions());
    }
  }

  static ColumnStatistics read(ByteReader in, ValueType type, Precision precision) {
    boolean lossy = precision.isLossy();
    int flags = in.u8();
    if (flags >>> 1 != (lossy ? 1 : 0)) {
      throw in.malformed("a column's statistics have flags that they should not have");
    }
    Range range = null;
    if ((flags & HAS_RANGE) != 0) {
      range =
          switch (type) {
            case FLOAT32 -> new Range.OfFloats(in.f32(), in.f32());
            case FLOAT64 -> new Range.OfFloats(in.f64(), in.f64());
            default -> new Range.OfIntegers(in.zigzag(), in.zigzag());
          };
    }
    Double error = lossy ? in.f64() : null;
    if (error != null && !(error >= 0)) {
      throw in.malformed("a largest error is not a number, or negative");
    }
    if (!(precision instanceof Precision.Measured)) {
      return new ColumnStatistics(range, error);
    }
    double relative = in.f64();
    if (!(relative >= 0)) {
      throw in.malformed("a largest error is not a number, or negative");
    }
    long exceptions = in.varint();
    if (exceptions < 0) {
      throw in.malformed("a column has too many exceptions");
    }
    return new ColumnStatistics(range, error, new Measurement(relative, exceptions));
  }
}
