package org.jetfold.cli.compress;

import java.util.Arrays;
import org.jetfold.codec.table.ColumnValues;

/** Counts the different values of a column. Not thread-safe. */
final class DistinctValues {
  private final int most;
  private long[] found = {};

  /**
   * A column without values yet.
   *
   * @param most it counts no further than to one more than this
   */
  DistinctValues(int most) {
    this.most = most;
  }

  /** Adds more values of the column. */
  void add(ColumnValues values) {
    if (found.length > most) {
      return;
    }
    long[] all = Arrays.copyOf(found, found.length + values.size());
    for (int i = 0; i < values.size(); i++) {
      all[found.length + i] =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[i]);
            case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[i]);
            case ColumnValues.Integers(long[] integers) -> integers[i];
          };
    }
    Arrays.sort(all);
    int count = 0;
    for (int i = 0; i < all.length && count <= most; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[count++] = all[i];
      }
    }
    found = Arrays.copyOf(all, count);
  }

  /** How many there are; one more than the most where there are too many. */
  int count() {
    return found.length;
  }
}
