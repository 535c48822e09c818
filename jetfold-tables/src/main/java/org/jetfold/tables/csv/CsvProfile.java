package org.jetfold.tables.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;

/**
 * What one look at a whole CSV file tells: its columns and their types.
 *
 * <p>A column of integers is INT64 (UINT64 where a value needs it), of {@code true} and {@code
 * false} BOOL, of anything else that is a number FLOAT64. An empty field is NaN in a float column;
 * elsewhere it is an error, as is text anywhere. A long column of numbers that ends in text is thus
 * found before anything is made of it.
 *
 * @param columns the columns, in their order
 * @param header whether the first line holds the columns' names
 */
record CsvProfile(List<Column> columns, boolean header) {
  /** What was seen of one column so far. */
  private static final class Seen {
    private boolean booleans;
    private boolean decimals;
    private boolean negatives;
    private long larges;
    private long hugeLine;
    private long missingLine;
    private long booleanLine;
    private long numberLine;
  }

  private static final int MAX_COLUMNS = 1 << 16;

  /** Looks at a file from its first line to its last. */
  static CsvProfile of(CsvScanner scanner, String name, Consumer<String> warnings)
      throws IOException {
    if (!scanner.hasRow()) {
      throw new UnreadableTableException(name + ": it is empty: expected a line of column names");
    }
    List<Seen> seen = new ArrayList<>();
    List<String> names = new ArrayList<>();
    boolean words = false;
    boolean quotes = false;
    do {
      scanner.next();
      CsvNumber.Kind kind = CsvNumber.kind(scanner.bytes(), scanner.start(), scanner.end());
      words |= kind == CsvNumber.Kind.TEXT;
      quotes |= scanner.quoted();
      names.add(scanner.text());
      seen.add(new Seen());
      if (kind != CsvNumber.Kind.TEXT) {
        note(scanner, kind, seen.getLast());
      }
      if (seen.size() > MAX_COLUMNS) {
        throw new UnreadableTableException(
            "%s: its first line has more than %d fields".formatted(name, MAX_COLUMNS));
      }
    } while (!scanner.endOfRow());
    boolean header = words || quotes;
    if (!words) {
      warnings.accept(
          quotes
              ? name
                  + ": line 1 holds only numbers, but in quotes, so they are taken for the columns'"
                  + " names"
              : name
                  + ": line 1 holds only numbers, so it is taken for a row, and the columns are"
                  + " called c0, c1, …");
    }
    if (header) {
      seen.replaceAll(_ -> new Seen());
      checkNames(name, names, warnings);
    } else {
      names.replaceAll(_ -> "");
      fillIn(names);
    }
    while (scanner.hasRow()) {
      lookAtRow(scanner, name, names, seen);
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(names.get(i), type(name, names.get(i), seen.get(i))));
    }
    return new CsvProfile(columns, header);
  }

  private static void checkNames(String name, List<String> names, Consumer<String> warnings)
      throws UnreadableTableException {
    if (names.contains("")) {
      fillIn(names);
      warnings.accept(
          "%s: columns without a name are called by their place: c0, c1, …".formatted(name));
    }
    Set<String> unique = new HashSet<>();
    for (String column : names) {
      if (!unique.add(column)) {
        throw new UnreadableTableException(
            "%s: line 1: two columns are called %s: rename one".formatted(name, column));
      }
    }
  }

  private static void fillIn(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        names.set(i, "c" + i);
      }
    }
  }

  private static void lookAtRow(
      CsvScanner scanner, String name, List<String> names, List<Seen> seen) throws IOException {
    int column = 0;
    do {
      scanner.next();
      if (column < seen.size()) {
        CsvNumber.Kind kind = CsvNumber.kind(scanner.bytes(), scanner.start(), scanner.end());
        if (kind == CsvNumber.Kind.TEXT) {
          throw new UnreadableTableException(
              "%s: line %d, column %s: '%s' is no number: correct it, or leave the column out"
                  .formatted(
                      name, scanner.rowLine(), names.get(column), shortened(scanner.text())));
        }
        note(scanner, kind, seen.get(column));
      }
      column++;
    } while (!scanner.endOfRow());
    if (column != seen.size()) {
      throw ragged(name, scanner.rowLine(), column, seen.size());
    }
  }

  /** The error for a row that has more or fewer fields than the first. */
  static UnreadableTableException ragged(String name, long line, int found, int expected) {
    return new UnreadableTableException(
        "%s: line %d has %d fields, but the first line has %d: fields are separated by commas"
            .formatted(name, line, found, expected));
  }

  /** Text from a file, fit for a message of one line. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  private static void note(CsvScanner scanner, CsvNumber.Kind kind, Seen seen) {
    long line = scanner.rowLine();
    switch (kind) {
      case MISSING -> seen.missingLine = seen.missingLine == 0 ? line : seen.missingLine;
      case BOOLEAN -> {
        seen.booleans = true;
        seen.booleanLine = seen.booleanLine == 0 ? line : seen.booleanLine;
      }
      case DECIMAL -> seen.decimals = true;
      case INTEGER -> {
        seen.negatives |= scanner.bytes()[scanner.start()] == '-';
      }
      case LARGE_INTEGER -> seen.larges = seen.larges == 0 ? line : seen.larges;
      case HUGE_INTEGER -> seen.hugeLine = seen.hugeLine == 0 ? line : seen.hugeLine;
      case TEXT -> throw new IllegalStateException();
    }
    if (kind != CsvNumber.Kind.MISSING && kind != CsvNumber.Kind.BOOLEAN && seen.numberLine == 0) {
      seen.numberLine = line;
    }
  }

  private static ValueType type(String file, String column, Seen seen)
      throws UnreadableTableException {
    if (seen.booleans && seen.numberLine > 0) {
      throw new UnreadableTableException(
          "%s: column %s holds true or false (line %d) and numbers (line %d): make it one or the other"
              .formatted(file, column, seen.booleanLine, seen.numberLine));
    }
    if (seen.decimals || (seen.numberLine == 0 && !seen.booleans)) {
      return ValueType.FLOAT64;
    }
    if (seen.missingLine > 0) {
      throw new UnreadableTableException(
          "%s: line %d, column %s: the field is empty, but %s: fill it in, or write the column's values with a decimal point"
              .formatted(
                  file,
                  seen.missingLine,
                  column,
                  seen.booleans ? "the others are true or false" : "the others are integers"));
    }
    if (seen.booleans) {
      return ValueType.BOOL;
    }
    if (seen.hugeLine > 0 || (seen.larges > 0 && seen.negatives)) {
      throw new UnreadableTableException(
          "%s: line %d, column %s: the integer does not fit in 64 bits with the column's others: write it with a decimal point"
                  .formatted(file, seen.hugeLine > 0 ? seen.hugeLine : seen.larges, column)
              + " to have it rounded");
    }
    return seen.larges > 0 ? ValueType.UINT64 : ValueType.INT64;
  }
}
