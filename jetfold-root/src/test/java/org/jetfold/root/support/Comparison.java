package org.jetfold.root.support;

import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;

/** Compares what we read with what JSROOT reads. */
public final class Comparison {
  private Comparison() {}

  /** The first difference under a path of a branch or field; null where there is none. */
  public static String difference(
      JaggedColumn read, RootColumn column, Jsroot.Branch branch, String path) {
    double[] numbers = ColumnNumbers.of(read.values(), column.type());
    Jsroot.Values expected = branch.values().get(path);
    if (expected == null) {
      return numbers.length == 0 ? null : "JSROOT has no values, but " + branch.values().keySet();
    }
    for (int level = 0; level < column.depth(); level++) {
      if (column.levels().get(level).isList()) {
        String difference = lengths(read.offsets().get(level), branch, path, level);
        if (difference != null) {
          return "level %d: %s".formatted(level, difference);
        }
      }
    }
    if (numbers.length != expected.numbers().length) {
      return "%d values instead of %d".formatted(numbers.length, expected.numbers().length);
    }
    return numbers(numbers, expected.numbers());
  }

  private static String numbers(double[] numbers, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (Double.compare(numbers[i], expected[i]) != 0) {
        return "value %d is %s instead of %s".formatted(i, numbers[i], expected[i]);
      }
    }
    return null;
  }

  /** The lengths of lists stand with the array, whose path is the member's own or one above it. */
  private static String lengths(int[] offsets, Jsroot.Branch branch, String path, int level) {
    String at = path;
    while (true) {
      Jsroot.Values values = branch.values().get(at);
      if (values != null
          && values.lengths().size() > level
          && values.lengths().get(level).length > 0) {
        int[] lengths = values.lengths().get(level);
        if (lengths.length != offsets.length - 1) {
          return "%d lists instead of %d".formatted(offsets.length - 1, lengths.length);
        }
        for (int i = 0; i < lengths.length; i++) {
          if (offsets[i + 1] - offsets[i] != lengths[i]) {
            return "list %d has %d elements instead of %d"
                .formatted(i, offsets[i + 1] - offsets[i], lengths[i]);
          }
        }
        return null;
      }
      if (at.isEmpty()) {
        return offsets.length == 1 ? null : "JSROOT has no lists";
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
  }
}
