package org.jetfold.codec.pipeline;

import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.quantize.FloatRange;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The smallest and largest of decoded values, as docs/format.md section 10 defines them.
 *
 * @param range of those that are not NaN; null where there are none
 * @param nans how many are NaN
 */
record ColumnRange(@Nullable Range range, int nans) {
  /** The range of the first values. */
  static ColumnRange of(ValueType type, ColumnValues values, int count) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        FloatRange range = new FloatRange(floats, count);
        yield new ColumnRange(
            range.isEmpty() ? null : new Range.OfFloats(range.least(), range.greatest()),
            range.nans());
      }
      case ColumnValues.Doubles(double[] doubles) -> of(doubles, count);
      case ColumnValues.Integers(long[] integers) -> {
        // Flipping the sign bit turns the order of unsigned numbers into that of signed ones.
        long flip = type == ValueType.UINT64 ? Long.MIN_VALUE : 0;
        long minimum = Long.MAX_VALUE;
        long maximum = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
          minimum = Math.min(minimum, integers[i] ^ flip);
          maximum = Math.max(maximum, integers[i] ^ flip);
        }
        yield new ColumnRange(
            count == 0 ? null : new Range.OfIntegers(minimum ^ flip, maximum ^ flip), 0);
      }
    };
  }

  private static ColumnRange of(double[] values, int count) {
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    int nans = 0;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      if (Double.isNaN(value)) {
        nans++;
      } else {
        // Unlike comparisons, these know that −0 is below +0.
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
      }
    }
    return new ColumnRange(nans == count ? null : new Range.OfFloats(minimum, maximum), nans);
  }

  /** Whether a footer says the same of the values. */
  boolean isOf(ColumnStatistics statistics) {
    return equals(new ColumnRange(statistics.range(), statistics.nans()));
  }

  /** What a footer says of values with this range. */
  ColumnStatistics with(
      @Nullable Double largestError, ColumnStatistics.@Nullable Measurement measurement) {
    return new ColumnStatistics(range, nans, largestError, measurement);
  }
}
