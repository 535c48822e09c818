package org.jetfold.study.file;

import java.util.List;
import org.jetfold.codec.file.ColumnScale;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Measurement;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of one column.
 *
 * @param scale what its segments add to its precision
 * @param largestError the largest error of all blocks; null for columns that lose nothing
 * @param range smallest and largest value; null where there is none but NaNs
 * @param measurement what was measured of a column that an autoencoder restores; null for others
 * @param nans how many of the values are NaN
 * @param values how many there are
 * @param bytes what they take, without the tables that all blocks share
 */
public record ColumnReport(
    QualifiedColumn name,
    Precision precision,
    ColumnScale scale,
    @Nullable Double largestError,
    @Nullable Range range,
    @Nullable Measurement measurement,
    long nans,
    long values,
    long bytes) {

  static ColumnReport of(
      QualifiedColumn name,
      Precision precision,
      ColumnScale scale,
      List<ColumnStatistics> blocks,
      long values,
      long bytes) {
    Double largest = null;
    Range range = null;
    Measurement measurement = null;
    long nans = 0;
    for (ColumnStatistics block : blocks) {
      Double error = block.largestError();
      if (error != null) {
        largest = largest == null ? error : Math.max(largest, error);
      }
      range = joined(range, block.range(), name.column().type());
      measurement = joined(measurement, block.measurement());
      nans += block.nans();
    }
    return new ColumnReport(
        name, precision, scale, largest, range, measurement, nans, values, bytes);
  }

  private static @Nullable Measurement joined(@Nullable Measurement a, @Nullable Measurement b) {
    return a == null || b == null
        ? (a == null ? b : a)
        : new Measurement(
            Math.max(a.largestRelative(), b.largestRelative()), a.exceptions() + b.exceptions());
  }

  private static @Nullable Range joined(@Nullable Range a, @Nullable Range b, ValueType type) {
    if (a instanceof Range.OfFloats(double low, double high)
        && b instanceof Range.OfFloats(double lower, double higher)) {
      return new Range.OfFloats(Math.min(low, lower), Math.max(high, higher));
    }
    if (a instanceof Range.OfIntegers(long low, long high)
        && b instanceof Range.OfIntegers(long lower, long higher)) {
      long flip = type == ValueType.UINT64 ? Long.MIN_VALUE : 0;
      return new Range.OfIntegers(
          Math.min(low ^ flip, lower ^ flip) ^ flip, Math.max(high ^ flip, higher ^ flip) ^ flip);
    }
    return a == null ? b : a;
  }

  /** Name, type and unit. */
  public Column column() {
    return name.column();
  }

  /** True where the error is relative to the value, false where it is in the column's unit. */
  public boolean errorIsRelative() {
    return !(precision.promise() instanceof Precision.Absolute)
        && !(precision instanceof Precision.Step)
        && !(precision instanceof Precision.Scaled)
        && !isMeasured();
  }

  /**
   * True where nothing is promised: an autoencoder restores the column, and errors are measured.
   */
  public boolean isMeasured() {
    return precision instanceof Precision.Measured;
  }

  /** The smallest value; an empty text where there is none but NaNs. */
  public String minimum() {
    return switch (range) {
      case null -> "";
      case Range.OfFloats(double minimum, var unused) -> Quantities.significant(minimum, 5);
      case Range.OfIntegers(long minimum, var unused) -> integer(minimum);
    };
  }

  /** The largest value; an empty text where there is none but NaNs. */
  public String maximum() {
    return switch (range) {
      case null -> "";
      case Range.OfFloats(var unused, double maximum) -> Quantities.significant(maximum, 5);
      case Range.OfIntegers(var unused, long maximum) -> integer(maximum);
    };
  }

  /** An integer of this column, from its 64 bits. */
  public String integer(long value) {
    return column().type() == ValueType.UINT64
        ? Long.toUnsignedString(value)
        : Long.toString(value);
  }

  /** The error with its measure; for columns that lose nothing, an empty text. */
  public String errorText() {
    Double error = largestError;
    Measurement found = measurement;
    if (error != null && found != null) {
      String exceptions =
          found.exceptions() == 0 ? "" : ", " + Quantities.count(found.exceptions(), "exception");
      return "abs %s, rel %s%s: measured, not guaranteed"
          .formatted(
              Quantities.error(error), Quantities.error(found.largestRelative()), exceptions);
    }
    return error == null ? "" : (errorIsRelative() ? "rel " : "abs ") + Quantities.error(error);
  }

  /** Bits a value of this column. */
  public double bitsAValue() {
    return bitsAValue(bytes);
  }

  /** Bits a value of this column, if its values took so many bytes. */
  public double bitsAValue(long some) {
    return values == 0 ? 0 : 8.0 * some / values;
  }
}
