package org.jetfold.codec.pipeline;

import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** The smallest and largest of decoded values, as docs/format.md section 10 defines them. */
final class ColumnRange {
  private ColumnRange() {}

  /** The range of all values that are not NaN; null where there are none. */
  static @Nullable Range of(ValueType type, ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        float minimum = Float.POSITIVE_INFINITY;
        float maximum = Float.NEGATIVE_INFINITY;
        boolean any = false;
        for (float value : floats) {
          if (!Float.isNaN(value)) {
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
            any = true;
          }
        }
        yield any ? new Range.OfFloats(minimum, maximum) : null;
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        boolean any = false;
        for (double value : doubles) {
          if (!Double.isNaN(value)) {
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
            any = true;
          }
        }
        yield any ? new Range.OfFloats(minimum, maximum) : null;
      }
      case ColumnValues.Integers(long[] integers) -> {
        // Flipping the sign bit turns the order of unsigned numbers into that of signed ones.
        long flip = type == ValueType.UINT64 ? Long.MIN_VALUE : 0;
        long minimum = Long.MAX_VALUE;
        long maximum = Long.MIN_VALUE;
        for (long value : integers) {
          minimum = Math.min(minimum, value ^ flip);
          maximum = Math.max(maximum, value ^ flip);
        }
        yield integers.length == 0 ? null : new Range.OfIntegers(minimum ^ flip, maximum ^ flip);
      }
    };
  }
}
