package org.jetfold.codec.precision;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@link PrecisionRules} chose for a table.
 *
 * @param names for each column, in the schema's order, its name after that of its collection and a
 *     dot
 * @param columns for each column its setting
 * @param reasons for each column why, in a few words
 * @param warnings lines for the user; empty where there are none
 */
public record PrecisionChoice(
    List<String> names, List<Precision> columns, List<String> reasons, List<String> warnings) {
  /** Copies the lists. */
  public PrecisionChoice {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
    reasons = List.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** A line per column: name, precision, reason. */
  public String describe() {
    int nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    int settingWidth =
        columns.stream().mapToInt(setting -> setting.toString().length()).max().orElse(0);
    return IntStream.range(0, columns.size())
        .mapToObj(column ->
            padded(names.get(column), nameWidth)
                + "  "
                + padded(columns.get(column).toString(), settingWidth)
                + "  "
                + reasons.get(column))
        .collect(Collectors.joining("\n"));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
