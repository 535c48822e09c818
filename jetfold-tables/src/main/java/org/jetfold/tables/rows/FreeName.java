package org.jetfold.tables.rows;

import java.util.Set;

/** Finds a name that nothing else has. */
public final class FreeName {
  private FreeName() {}

  /** The name itself, or the first of {@code name_2}, {@code name_3}, … that is free; takes it. */
  public static String of(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** The same for an event value: where its name is taken, {@code event_name} comes first. */
  public static String ofEventValue(String name, Set<String> taken) {
    return of(taken.contains(name) ? "event_" + name : name, taken);
  }
}
