package org.jetfold.tables.rows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.ValueChange;

/**
 * Counts the values of a file that are not in its table as the file has them, and says so in the
 * end. Not thread-safe.
 */
public final class ValueChanges {
  /** What is said of values that are missing. */
  public static final String MISSING = "missing values read as NaN";

  /** What is said of integers and booleans among which some are missing. */
  public static final String MISSING_INTEGERS = "missing values read as NaN, the others as float64";

  /** What is said of numbers that no float64 is equal to. */
  public static final String ROUNDED = "values rounded to the nearest float64";

  /** What is said of lists that are missing. */
  public static final String LISTS = "missing lists read as empty";

  /** More columns than these are not named one by one in warnings. */
  private static final int MAX_COLUMNS = 5;

  private final String file;

  /** Columns with counts, for each way of changing. */
  private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();

  /** Nothing yet, of the file that messages call so. */
  public ValueChanges(String file) {
    this.file = file;
  }

  /**
   * Counts values.
   *
   * @param how what became of them, one of the texts above
   * @param count how many; none is said of 0
   */
  public void add(String column, String how, long count) {
    if (count > 0) {
      counts.computeIfAbsent(how, unused -> new LinkedHashMap<>()).merge(column, count, Long::sum);
    }
  }

  /** Warns of all that was counted, tells it, and forgets it. */
  public void report(SourceOptions options) {
    counts.forEach((how, columns) -> {
      columns.forEach(
          (column, count) -> options.changes().accept(new ValueChange(column, how, count)));
      warn(how, columns, options);
    });
    counts.clear();
  }

  private void warn(String how, Map<String, Long> columns, SourceOptions options) {
    int named = 0;
    long others = 0;
    for (Map.Entry<String, Long> column : columns.entrySet()) {
      if (named++ < MAX_COLUMNS) {
        options.warn(
            "%s: column %s: %s: %d".formatted(file, column.getKey(), how, column.getValue()));
      } else {
        others += column.getValue();
      }
    }
    if (others > 0) {
      options.warn(
          "%s: %d other columns: %s: %d".formatted(file, named - MAX_COLUMNS, how, others));
    }
  }
}
