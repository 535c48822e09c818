package org.jetfold.study.tuning;

import java.util.Arrays;

/** The variables of a jet that quantities of events are computed from. */
enum JetVariable {
  PT(0, "pt"),
  ETA(1, "eta"),
  PHI(2, "phi"),
  M(3, "m", "mass");

  private final int place;
  private final String[] names;

  JetVariable(int place, String... names) {
    this.place = place;
    this.names = names;
  }

  /** Where it stands in arrays of all variables, from 0 on. */
  int place() {
    return place;
  }

  /** The usual names of its column. */
  String[] names() {
    return Arrays.copyOf(names, names.length);
  }
}
