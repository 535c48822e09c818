package org.jetfold.codec.file;

import org.jspecify.annotations.Nullable;

/**
 * What a footer says of one column of one block (docs/format.md section 10).
 *
 * @param range smallest and largest decoded value that is not NaN; null where there is none
 * @param nans how many decoded values are NaN
 * @param largestError relative for {@code bits} and {@code rel}, absolute for {@code abs} and
 *     {@code measured}; null for columns that lose nothing
 * @param measurement what else there is of a {@code measured} column; null for all others
 */
public record ColumnStatistics(
    @Nullable Range range,
    int nans,
    @Nullable Double largestError,
    @Nullable Measurement measurement) {

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
