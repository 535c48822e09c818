package org.jetfold.train.density;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jetfold.codec.table.ColumnValues;

/**
 * Chooses the integer columns that a model codes: those with few values, none of them rare, and
 * with enough bytes to pay for their part of a model.
 */
final class CodedIntegers {
  /** An integer with more different values is a number of something. */
  static final int MAX_VALUES = 256;

  /** So often each value occurs on average, or nothing can be learned of it. */
  private static final int MIN_OCCURRENCES = 4;

  /** Nearly constant columns cost next to nothing without a model. */
  private static final double MIN_BITS = 0.02;

  /**
   * So many bytes the values of a column must take without a model. A model has some 40 bytes of a
   * column of which it tells nothing (147 event values of NanoAOD: 6.3 kB), and a model that knows
   * half of a flag or a charge is a good one. With 200 rows only columns of 4 bits are left, with
   * 1,000 those of 0.8.
   */
  private static final double MIN_BYTES = 100;

  /** Each column makes all others slower. */
  private static final int MAX_COLUMNS = 64;

  private CodedIntegers() {}

  /**
   * Those of some columns that a model codes: those with the most bits.
   *
   * @param columns numbers of integer columns
   * @param values gives a column's values
   * @param isComplete whether these are all values; those of a sample stand for many more
   */
  static List<Integer> of(
      List<Integer> columns, IntFunction<ColumnValues> values, boolean isComplete) {
    Map<Integer, Double> bits = new HashMap<>();
    for (int column : columns) {
      if (values.apply(column) instanceof ColumnValues.Integers(long[] integers)) {
        double each = bits(integers);
        boolean pays = !isComplete || each * integers.length >= Byte.SIZE * MIN_BYTES;
        bits.put(column, pays ? each : 0);
      }
    }
    return columns.stream()
        .filter(column -> bits.getOrDefault(column, 0.0) >= MIN_BITS)
        .sorted(Comparator.comparingDouble(column -> -bits.getOrDefault(column, 0.0)))
        .limit(MAX_COLUMNS)
        .sorted()
        .toList();
  }

  /** The entropy of the values; 0 where they are too many. */
  private static double bits(long[] values) {
    Map<Long, Integer> counts = new HashMap<>();
    for (long value : values) {
      counts.merge(value, 1, Integer::sum);
      if (counts.size() > MAX_VALUES) {
        return 0;
      }
    }
    if ((long) counts.size() * MIN_OCCURRENCES > values.length) {
      return 0;
    }
    double[] shares =
        counts.values().stream().mapToDouble(count -> (double) count / values.length).toArray();
    return Arrays.stream(shares).map(share -> -share * Math.log(share)).sum() / Math.log(2);
  }
}
