package org.jetfold.tables.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What the schemas of Parquet and Arrow cannot say of a table, as a text in their key-value
 * metadata: for each column a line with {@code i} for {@link Column#integral} or {@code -}, its
 * unit, its name and that of its collection (empty for event values and flat tables), with tabs
 * between. Backslashes, tabs and line ends are escaped.
 */
public final class ColumnNotes {
  /** The metadata's key. */
  public static final String KEY = "jetfold.columns";

  /**
   * What is noted of a column.
   *
   * @param column its name in the table, which the file may have changed
   * @param collection its collection's name; empty for event values and flat tables
   */
  public record Note(boolean integral, String unit, String column, String collection) {
    /** A column of some type, as it is noted. */
    public Column column(ValueType type) {
      return new Column(column, type, unit, integral && type.isFloat(), false);
    }
  }

  private ColumnNotes() {}

  /** The text for a table. */
  public static String of(Schema schema) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < schema.columns().size(); number++) {
      Column column = schema.columns().get(number);
      int group = schema.groupOf(number);
      while (group > 0 && schema.parent(group) > 0) {
        group = schema.parent(group);
      }
      text.append(column.integral() ? 'i' : '-')
          .append('\t')
          .append(escaped(column.unit()))
          .append('\t')
          .append(escaped(column.name()))
          .append('\t')
          .append(escaped(schema.groups().get(group).name()))
          .append('\n');
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /**
   * The notes in a text; null where there are none for these columns, because another program
   * changed the file.
   *
   * @param columns the names of the file's columns
   */
  public static @Nullable List<Note> parse(@Nullable String text, List<String> columns) {
    if (text == null) {
      return null;
    }
    List<Note> notes = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 4 || notes.size() == columns.size()) {
        return line.isEmpty() && notes.size() == columns.size() ? notes : null;
      }
      String name = unescaped(parts[2]);
      // The name in the file is the column's, or ends with it.
      if (name.isEmpty() || !columns.get(notes.size()).contains(name)) {
        return null;
      }
      notes.add(new Note(parts[0].equals("i"), unescaped(parts[1]), name, unescaped(parts[3])));
    }
    return null;
  }

  /** The layout of events that notes tell; null where it does not go with the file. */
  public static @Nullable EventLayout layout(List<Variable> variables, List<Note> notes) {
    List<Variable> eventValues = new ArrayList<>();
    Map<String, List<Variable>> collections = new LinkedHashMap<>();
    Set<List<String>> names = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      String collection = notes.get(i).collection();
      boolean fits = collection.isEmpty() == (variables.get(i).depth() == 0);
      if (!fits || !names.add(List.of(collection, variables.get(i).column().name()))) {
        return null;
      }
      if (collection.isEmpty()) {
        eventValues.add(variables.get(i));
      } else {
        collections.computeIfAbsent(collection, unused -> new ArrayList<>()).add(variables.get(i));
      }
    }
    List<EventLayout.Collection> layout = new ArrayList<>();
    collections.forEach((name, members) -> layout.add(new EventLayout.Collection(name, members)));
    return new EventLayout(eventValues, layout);
  }
}
