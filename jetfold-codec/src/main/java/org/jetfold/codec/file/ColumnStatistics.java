package org.jetfold.codec.file;

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
}
