package org.jetfold.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A list that is too long for one line. */
public final class FoldedText {
  private static final int MAX_LINE = 100;
  private static final String INDENT = "  ";

  private FoldedText() {}

  /**
   * Lines of at most 100 characters, where the items allow it; the second and later ones are
   * indented.
   *
   * @param head begins the first line
   * @param separator between items
   */
  public static List<String> of(String head, List<String> items, String separator) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    boolean isEmpty = true;
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i < items.size() - 1 ? separator : "");
      if (!isEmpty && line.length() + item.stripTrailing().length() > MAX_LINE) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(INDENT);
      }
      line.append(item);
      isEmpty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
