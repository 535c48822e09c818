package org.jetfold.study.picture;

import java.util.List;

/**
 * Horizontal bars on one scale, each with its label before it and its value behind it.
 *
 * @param title one line
 * @param bars from above; values are not negative
 */
public record BarChart(String title, List<Bar> bars) implements Picture {
  /** Copies the list. */
  public BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * A bar.
   *
   * @param highlighted whether it has a colour of its own
   */
  public record Bar(String label, double value, boolean highlighted) {}
}
