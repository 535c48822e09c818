package org.jetfold.train.density;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jetfold.codec.table.ColumnValues;

/** Chooses the integer columns that a model codes: those with few values, none of them rare. */
final class CodedIntegers {
  /** An integer with more different values is a number of something. */
  static final int MAX_VALUES = 256;

  /** So often each value occurs on average, or nothing can be learned of it. */
  private static final int MIN_OCCURRENCES = 4;

  /** Nearly constant columns cost next to nothing without a model. */
  private static final double MIN_BITS = 0.02;

  /** Each column makes all others slower. */
  private static final int MAX_COLUMNS = 64;

  private CodedIntegers() {}

  /**
   * Those of some columns that a model codes: those with the most bits.
   *
   * @param columns numbers of integer columns
   * @param values gives a column's values
   */
  static List<Integer> of(List<Integer> columns, IntFunction<ColumnValues> values) {
    Map<Integer, Double> bits = new HashMap<>();
    for (int column : columns) {
      if (values.apply(column) instanceof ColumnValues.Integers(long[] integers)) {
        bits.put(column, bits(integers));
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
