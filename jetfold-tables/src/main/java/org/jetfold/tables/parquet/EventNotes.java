package org.jetfold.tables.parquet;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What Parquet's own schema cannot say of a table of events, as a text in the file's key-value
 * metadata: for each column a line with {@code i} for {@link Column#integral} or {@code -}, its
 * unit, its name and that of its collection (empty for event values), with tabs between.
 * Backslashes, tabs and line ends are escaped.
 */
final class EventNotes {
  /** The metadata's key. */
  static final String KEY = "jetfold.events";

  /**
   * What is noted of a column.
   *
   * @param column the column as the table has it, but for its type
   * @param collection its collection's name; empty for event values
   */
  record Note(boolean integral, String unit, String column, String collection) {}

  private EventNotes() {}

  /** The text for a table. */
  static String of(Schema schema) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < schema.columns().size(); number++) {
      Column column = schema.columns().get(number);
      int group = schema.groupOf(number);
      while (group > 0 && schema.parent(group) > 0) {
        group = schema.parent(group);
      }
      text.append(column.integral() ? 'i' : '-')
          .append('\t')
          .append(ColumnNotes.escaped(column.unit()))
          .append('\t')
          .append(ColumnNotes.escaped(column.name()))
          .append('\t')
          .append(ColumnNotes.escaped(schema.groups().get(group).name()))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * The notes in a text; null where there are none for so many columns, because another program
   * changed the file.
   */
  static @Nullable List<Note> parse(@Nullable String text, int columns) {
    if (text == null) {
      return null;
    }
    List<Note> notes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 4 || parts[2].isEmpty()) {
        return null;
      }
      notes.add(
          new Note(
              parts[0].equals("i"),
              ColumnNotes.unescaped(parts[1]),
              ColumnNotes.unescaped(parts[2]),
              ColumnNotes.unescaped(parts[3])));
    }
    return notes.size() == columns ? notes : null;
  }
}
