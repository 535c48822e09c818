package org.jetfold.tables.parquet;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * What Parquet's own schema cannot say of columns, as a text that goes into the file's key-value
 * metadata: for each column a line with {@code i} for {@link Column#integral} or {@code -}, a tab,
 * the unit, a tab, the name. Backslashes, tabs and line ends are escaped.
 */
final class ColumnNotes {
  /** The metadata's key. */
  static final String KEY = "jetfold.columns";

  private ColumnNotes() {}

  /** The text for some columns. */
  static String of(List<Column> columns) {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      text.append(column.integral() ? 'i' : '-')
          .append('\t')
          .append(escaped(column.unit()))
          .append('\t');
      text.append(escaped(column.name())).append('\n');
    }
    return text.toString();
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /**
   * The columns with what a text says of them. Notes that do not fit, because another program
   * changed the file, count for nothing.
   *
   * @param text the notes; null where the file has none
   */
  static List<Column> applied(List<Column> columns, @Nullable String text) {
    if (text == null) {
      return columns;
    }
    List<String> lines = text.lines().toList();
    if (lines.size() != columns.size()) {
      return columns;
    }
    List<Column> noted = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Column column = columns.get(i);
      String[] parts = lines.get(i).split("\t", -1);
      if (parts.length != 3 || !sameName(column.name(), unescaped(parts[2]))) {
        return columns;
      }
      boolean integral = parts[0].equals("i") && column.type().isFloat();
      noted.add(
          new Column(unescaped(parts[2]), column.type(), unescaped(parts[1]), integral, false));
    }
    return noted;
  }

  /**
   * DuckDB knows no upper and lower case in names: of {@code m} and {@code M}, it calls the second
   * {@code M_1}.
   */
  private static boolean sameName(String found, String noted) {
    return found.equals(noted)
        || found.matches(java.util.regex.Pattern.quote(noted) + "(_[0-9]+)+");
  }
}
