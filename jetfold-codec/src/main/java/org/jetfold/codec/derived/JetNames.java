package org.jetfold.codec.derived;

import java.util.List;
import java.util.Locale;

/**
 * Finds the columns of a collection's jets by their usual names, in upper or lower case: {@code
 * pt}, or {@code Jet_pt}, whatever the collection is called. What stands before pt stands before
 * the other names, too.
 */
public final class JetNames {
  private final List<String> names;
  private final String prefix;

  /**
   * The columns of a collection.
   *
   * @param names of all its columns
   */
  public JetNames(List<String> names) {
    this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    prefix = prefix();
  }

  /** The shortest text before eta that also stands before pt or phi, and ends like Jet_. */
  private String prefix() {
    String shortest = "";
    for (String name : names) {
      String before = name.endsWith("eta") ? name.substring(0, name.length() - 3) : "";
      boolean separated =
          !before.isEmpty() && !Character.isLetterOrDigit(before.charAt(before.length() - 1));
      if (separated
          && (names.contains(before + "pt") || names.contains(before + "phi"))
          && (shortest.isEmpty() || before.length() < shortest.length())) {
        shortest = before;
      }
    }
    return names.contains("eta") ? "" : shortest;
  }

  /**
   * The number of a column.
   *
   * @param wanted its usual names, in lower case; the first that is there
   * @return −1 where there is none
   */
  public int find(String... wanted) {
    for (String name : wanted) {
      int plain = names.indexOf(name);
      int found = plain >= 0 ? plain : names.indexOf(prefix + name);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }
}
