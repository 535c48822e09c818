package org.jetfold.study.picture;

import java.util.List;

/**
 * Numbers on a grid of equal cells, as shades.
 *
 * @param title one line
 * @param x the columns of cells
 * @param y the rows of cells, from below
 * @param shades of each row its cells, from −1 to 1: negative ones have a colour of their own, and
 *     0 and NaN none
 */
public record HeatMap(String title, Side x, Side y, double[][] shades) implements Picture {
  /**
   * What lies along a side: a range of numbers, or a name for each cell.
   *
   * @param label with its unit; may be empty
   * @param names empty where numbers from {@code low} to {@code high} lie there
   */
  public record Side(String label, double low, double high, List<String> names) {
    /** Copies the list. */
    public Side {
      names = List.copyOf(names);
    }

    /** A range of numbers. */
    public static Side range(String label, double low, double high) {
      return new Side(label, low, high, List.of());
    }

    /** A name for each cell; both sides are to have the same ones, from left and from above. */
    public static Side named(List<String> names) {
      return new Side("", 0, names.size(), names);
    }
  }
}
