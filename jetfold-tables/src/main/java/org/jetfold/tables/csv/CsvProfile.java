package org.jetfold.tables.csv;

import static org.jetfold.tables.csv.CsvNumber.kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.csv.CsvNumber.Kind;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.RequestedColumns;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a whole CSV file tells: its columns and their types.
 *
 * <p>A column of integers is INT64 (UINT64 where a value needs it), of {@code true} and {@code
 * false} BOOL, of anything else that is a number FLOAT64. An empty field is NaN, and makes a column
 * of integers or booleans FLOAT64. Text is an error anywhere but in columns that nobody asked for.
 * A long column of numbers that ends in text is thus found before anything is made of it.
 *
 * @param columns the columns that are asked for, in their order
 * @param places where each of them is in a row
 * @param fields how many fields a row has
 * @param incomplete the columns, among those that are asked for, of integers or booleans of which
 *     some are missing
 * @param header whether the first line holds the columns' names
 */
record CsvProfile(
    List<Column> columns,
    List<Integer> places,
    Set<Integer> incomplete,
    int fields,
    boolean header) {
  /** What bytes that are no text become. */
  private static final char UNDECODABLE = '\uFFFD';

  /** What {@code numpy.savetxt} writes before the names. */
  static final String COMMENT = "# ";

  /** What was seen of one column so far; a line is 0 where there was none. */
  private static final class Seen {
    private boolean decimals;
    private boolean negatives;
    private long largeLine;
    private long hugeLine;
    private boolean missing;
    private long booleanLine;
    private long numberLine;

    /** Whether there is an integer or a boolean, no decimal, and something missing. */
    private boolean isIncomplete() {
      return missing && !decimals && (numberLine > 0 || booleanLine > 0);
    }
  }

  /** Looks at a file from its first line to its last. */
  static CsvProfile of(CsvRows rows, String name, SourceOptions options) throws IOException {
    CsvRow first = rows.next();
    if (first == null) {
      throw new UnreadableTableException(name + ": it is empty: expected a line of column names");
    }
    boolean comment = takeComment(name, first, options);
    boolean words = first.fields().stream().anyMatch(field -> kind(field) == Kind.TEXT);
    boolean quotes = !first.quoted().isEmpty();
    boolean header = comment || words || quotes;
    if (!comment && !words) {
      options.warn(
          quotes
              ? name
                  + ": line 1 holds only numbers, but in quotes, so they are taken for the columns'"
                  + " names"
              : name
                  + ": line 1 holds only numbers, so it is taken for a row, and the columns are"
                  + " called c0, c1, …");
    }
    List<String> names = new ArrayList<>(first.fields());
    List<Seen> seen = new ArrayList<>();
    names.forEach(unused -> seen.add(new Seen()));
    if (header) {
      checkNames(name, first, names, options);
    } else {
      names.replaceAll(unused -> "");
      fillIn(names);
    }
    Schema all =
        Schema.flat(names.stream().map(column -> new Column(column, ValueType.FLOAT64)).toList());
    List<Integer> places = List.copyOf(RequestedColumns.of(all, options));
    for (CsvRow row = header ? rows.next() : first; row != null; row = rows.next()) {
      lookAt(row, name, names, places, seen);
    }
    List<Column> columns = new ArrayList<>();
    for (int i : places) {
      columns.add(new Column(names.get(i), type(name, names.get(i), seen.get(i))));
    }
    Set<Integer> incomplete = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      if (seen.get(places.get(i)).isIncomplete()) {
        incomplete.add(i);
      }
    }
    return new CsvProfile(columns, places, incomplete, names.size(), header);
  }

  /**
   * Takes off what {@code numpy.savetxt} writes before the first name; says whether it is there.
   */
  private static boolean takeComment(String name, CsvRow first, SourceOptions options) {
    String field = first.fields().getFirst();
    if (first.quoted().get(0) || !field.startsWith(COMMENT)) {
      return false;
    }
    String rest = field.substring(COMMENT.length()).strip();
    first.fields().set(0, rest);
    options.warn(
        "%s: line 1 begins with '# ', as numpy.savetxt writes it: the first column is called %s"
            .formatted(name, shortened(rest)));
    return true;
  }

  /** The same columns, those float64 that are so in another file of the same table. */
  CsvProfile following(@Nullable LayoutOfFirstFile first) {
    if (first == null) {
      return this;
    }
    List<Column> like = first.schema().columns();
    return new CsvProfile(
        columns.stream()
            .map(column ->
                column.type() != ValueType.BOOL
                        && like.contains(new Column(column.name(), ValueType.FLOAT64))
                    ? new Column(column.name(), ValueType.FLOAT64)
                    : column)
            .toList(),
        places,
        incomplete,
        fields,
        header);
  }

  private static void checkNames(
      String name, CsvRow first, List<String> names, SourceOptions options) {
    for (int i = 0; i < names.size(); i++) {
      if (!first.quoted().get(i) && names.get(i).indexOf('"') >= 0) {
        throw new UnreadableTableException(
            "%s: line 1: a quote in the middle of %s: put the whole field in quotes, and write it twice"
                .formatted(name, shortened(names.get(i))));
      }
      if (names.get(i).indexOf(UNDECODABLE) >= 0) {
        throw new UnreadableTableException(
            "%s: line 1: the name %s is not text in UTF-8: convert the file"
                .formatted(name, shortened(names.get(i))));
      }
    }
    if (names.contains("")) {
      fillIn(names);
      options.warn(
          "%s: columns without a name are called by their place: c0, c1, …".formatted(name));
    }
    Set<String> unique = new HashSet<>();
    for (String column : names) {
      if (!unique.add(column)) {
        throw new UnreadableTableException(
            "%s: line 1: two columns are called %s: rename one".formatted(name, shortened(column)));
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

  private static void lookAt(
      CsvRow row, String name, List<String> names, List<Integer> places, List<Seen> seen) {
    if (row.fields().size() != names.size()) {
      throw new UnreadableTableException(
          "%s: line %d has %d fields, but the first line has %d: fields are separated by commas"
              .formatted(name, row.line(), row.fields().size(), names.size()));
    }
    for (int i : places) {
      String field = row.fields().get(i);
      Kind kind = kind(field);
      if (kind == Kind.TEXT) {
        throw new UnreadableTableException(
            "%s: line %d, column %s: '%s' is no number: correct it, or leave the column out"
                .formatted(name, row.line(), shortened(names.get(i)), shortened(field)));
      }
      if (CsvNumber.isTooLarge(field, kind)) {
        throw new UnreadableTableException(
            "%s: line %d, column %s: %s is larger than any float64: correct it, write inf, or leave the column out"
                .formatted(name, row.line(), shortened(names.get(i)), shortened(field)));
      }
      note(field, kind, row.line(), seen.get(i));
    }
  }

  /** Text from a file, fit for a message of one line. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  private static void note(String field, Kind kind, long line, Seen seen) {
    switch (kind) {
      case MISSING -> seen.missing = true;
      case BOOLEAN -> seen.booleanLine = first(seen.booleanLine, line);
      case DECIMAL -> seen.decimals = true;
      case INTEGER -> seen.negatives |= field.charAt(0) == '-';
      case LARGE_INTEGER -> seen.largeLine = first(seen.largeLine, line);
      case HUGE_INTEGER -> seen.hugeLine = first(seen.hugeLine, line);
      case TEXT -> throw new IllegalStateException();
    }
    if (kind != Kind.MISSING && kind != Kind.BOOLEAN) {
      seen.numberLine = first(seen.numberLine, line);
    }
  }

  private static long first(long known, long line) {
    return known == 0 ? line : known;
  }

  private static ValueType type(String file, String name, Seen seen) {
    String column = shortened(name);
    boolean booleans = seen.booleanLine > 0;
    if (booleans && seen.numberLine > 0) {
      throw new UnreadableTableException(
          "%s: column %s holds true or false (line %d) and numbers (line %d): make it one or the other"
              .formatted(file, column, seen.booleanLine, seen.numberLine));
    }
    if (seen.decimals || seen.missing || (seen.numberLine == 0 && !booleans)) {
      return ValueType.FLOAT64;
    }
    if (booleans) {
      return ValueType.BOOL;
    }
    if (seen.hugeLine > 0 || (seen.largeLine > 0 && seen.negatives)) {
      throw new UnreadableTableException(
          "%s: line %d, column %s: the integer does not fit in 64 bits with the column's others: write it with a decimal point"
                  .formatted(file, seen.hugeLine > 0 ? seen.hugeLine : seen.largeLine, column)
              + " to have it rounded");
    }
    return seen.largeLine > 0 ? ValueType.UINT64 : ValueType.INT64;
  }
}
