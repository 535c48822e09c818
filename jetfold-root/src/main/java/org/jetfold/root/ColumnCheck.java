package org.jetfold.root;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads columns to find out which of them can be read. */
final class ColumnCheck {
  /** How many values a piece should have, so that its memory is bounded. */
  private static final long PIECE_VALUES = 1 << 21;

  /** How many entries the first piece has, before it is known how many values they hold. */
  private static final long FIRST_ENTRIES = 256;

  private ColumnCheck() {}

  /** Those columns that fail somewhere in some entries, in their order, with the first failure. */
  static Map<RootColumn, RootException> of(
      RootTree tree, List<RootColumn> columns, long first, long last) throws IOException {
    Map<RootColumn, RootException> failures = new LinkedHashMap<>();
    List<RootColumn> left = new ArrayList<>(columns);
    double valuesAnEntry = (double) PIECE_VALUES / FIRST_ENTRIES;
    long at = first;
    while (at < last && !left.isEmpty()) {
      long most = (long) Math.clamp(PIECE_VALUES / valuesAnEntry, 1, (double) (last - at));
      long end = Math.min(last, tree.pieceEnd(at, most));
      long values = 0;
      try {
        values = values(tree.read(left, at, end));
      } catch (RootException ignored) {
        for (RootColumn column : List.copyOf(left)) {
          try {
            values += values(List.of(tree.read(column, at, end)));
          } catch (RootException e) {
            failures.put(column, e);
            left.remove(column);
          }
        }
      }
      valuesAnEntry = Math.max(1, (double) values / (end - at));
      at = end;
    }
    return failures;
  }

  private static long values(List<JaggedColumn> columns) {
    return columns.stream().mapToLong(column -> column.values().size()).sum();
  }
}
