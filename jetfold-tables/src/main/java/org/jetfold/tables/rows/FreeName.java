package org.jetfold.tables.rows;

import java.util.Set;

/**
 * Finds names that nothing else has, where a format has one space of names for things that a table
 * keeps apart.
 */
public final class FreeName {
  private FreeName() {}

  /**
   * The name itself, or the first of {@code event_name}, {@code event_name_2}, … that is free;
   * takes it.
   */
  public static String of(String name, Set<String> taken) {
    if (taken.add(name)) {
      return name;
    }
    String prefixed = "event_" + name;
    String candidate = prefixed;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = prefixed + "_" + i;
    }
    return candidate;
  }
}
