package org.jetfold.study.tuning;

import java.util.Arrays;

/** The variables of a jet that quantities of events are computed from. */
enum JetVariable {
  PT("pt"),
  ETA("eta"),
  PHI("phi"),
  M("m", "mass");

  private final String[] names;

  JetVariable(String... names) {
    this.names = names;
  }

  /** The usual names of its column. */
  String[] names() {
    return Arrays.copyOf(names, names.length);
  }
}
