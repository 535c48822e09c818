package org.jetfold.study.picture;

/** What one panel shows, however it is drawn. */
public sealed interface Picture permits BarChart, Chart, HeatMap {
  /** One line. */
  String title();
}
