package org.jetfold.tables.parquet;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.LeftOut;

/**
 * A column of numbers or of lists of them in a Parquet file, also one in a record, and the SQL that
 * gives it.
 *
 * @param place the number of the file's column that it is, or is in
 * @param name its name; in a record, that of the record, a dot, and the member's
 * @param sql gives it
 * @param type the type of the numbers
 * @param depth how many lists are around them
 */
record ListColumn(int place, String name, String sql, ValueType type, int depth) {
  private static final int MAX_DEPTH = 16;

  /**
   * Finds the columns of numbers in a column of any type.
   *
   * @param place the column's number
   * @param leftOut gets what holds no numbers
   */
  static List<ListColumn> find(int place, String name, String type, LeftOut leftOut) {
    List<ListColumn> found = new ArrayList<>();
    find(place, name, DuckDb.identifier(name), type, found, leftOut);
    return found;
  }

  private static void find(
      int place, String name, String sql, String type, List<ListColumn> found, LeftOut leftOut) {
    String element = type;
    int depth = 0;
    while (element.endsWith("]")) {
      element = element.substring(0, element.lastIndexOf('['));
      depth++;
    }
    ValueType known = ParquetTypes.valueType(element);
    if (known != null && depth <= MAX_DEPTH) {
      found.add(new ListColumn(place, name, sql, known, depth));
    } else if (element.startsWith("STRUCT(") && depth <= MAX_DEPTH) {
      for (String[] member : members(element.substring(7, element.length() - 1))) {
        find(
            place,
            name + "." + member[0],
            extracted(sql, depth, member[0]),
            member[1] + "[]".repeat(depth),
            found,
            leftOut);
      }
    } else {
      leftOut.add("column", name, "its type %s is no number".formatted(type));
    }
  }

  /** The same read as float64, which can say that a value is missing. */
  ListColumn asFloat() {
    return new ListColumn(place, name, sql, ValueType.FLOAT64, depth);
  }

  private static String extracted(String sql, int depth, String member) {
    return depth == 0
        ? "struct_extract(%s, %s)".formatted(sql, DuckDb.quoted(member))
        : "list_transform(%s, lambda s%d: %s)"
            .formatted(sql, depth, extracted("s" + depth, depth - 1, member));
  }

  /** The names and types of a record's members: {@code pt FLOAT, "eta x" INTEGER[]}. */
  private static List<String[]> members(String text) {
    List<String[]> members = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder name = new StringBuilder();
      if (text.charAt(at) == '"') {
        at++;
        while (at < text.length() && (text.charAt(at) != '"' || text.startsWith("\"\"", at))) {
          at += text.charAt(at) == '"' ? 1 : 0;
          name.append(text.charAt(at++));
        }
        at++;
      } else {
        while (at < text.length() && text.charAt(at) != ' ') {
          name.append(text.charAt(at++));
        }
      }
      int start = Math.min(text.length(), at + 1);
      int open = 0;
      boolean quoted = false;
      for (at = start; at < text.length(); at++) {
        char c = text.charAt(at);
        quoted ^= c == '"';
        if (!quoted) {
          open += c == '(' ? 1 : c == ')' ? -1 : 0;
          if (c == ',' && open == 0) {
            break;
          }
        }
      }
      members.add(new String[] {name.toString(), text.substring(start, at)});
      at += 2;
    }
    return members;
  }

  /**
   * The SQL that gives the lengths of the lists at a level, one a row of that level; of a missing
   * one, nothing.
   */
  String lengths(int level) {
    return level == 0
        ? "len(%s)::BIGINT".formatted(sql)
        : "unnest(list_transform(%s, lambda l: len(l)::BIGINT))".formatted(flattened(level - 1));
  }

  /** The SQL that gives the numbers, one a row. */
  String values() {
    return depth == 0 ? sql : "unnest(" + flattened(depth - 1) + ")";
  }

  private String flattened(int times) {
    return "flatten(".repeat(times) + sql + ")".repeat(times);
  }
}
