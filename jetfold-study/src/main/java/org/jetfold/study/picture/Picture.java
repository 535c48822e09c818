package org.jetfold.study.picture;

/** What one panel shows, however it is drawn. */
public sealed interface Picture permits Chart, HeatMap {
  /** One line. */
  String title();
}
