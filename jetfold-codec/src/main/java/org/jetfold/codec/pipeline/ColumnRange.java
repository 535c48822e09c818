package org.jetfold.codec.pipeline;

import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.quantize.FloatRange;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** The smallest and largest of decoded values, as docs/format.md section 10 defines them. */
final class ColumnRange {
  private ColumnRange() {}

  /** The range of the first values, those that are not NaN; null where there are none. */
  static @Nullable Range of(ValueType type, ColumnValues values, int count) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        FloatRange range = new FloatRange(floats, count);
        yield range.isEmpty() ? null : new Range.OfFloats(range.least(), range.greatest());
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        boolean any = false;
        for (int i = 0; i < count; i++) {
          double value = doubles[i];
          if (!Double.isNaN(value)) {
            // Unlike comparisons, these know that −0 is below +0.
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
        for (int i = 0; i < count; i++) {
          minimum = Math.min(minimum, integers[i] ^ flip);
          maximum = Math.max(maximum, integers[i] ^ flip);
        }
        yield count == 0 ? null : new Range.OfIntegers(minimum ^ flip, maximum ^ flip);
      }
    };
  }
}
