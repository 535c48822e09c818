package org.jetfold.study.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows, however it is drawn.
 *
 * @param title one line
 * @param x what the horizontal axis shows, with its unit
 * @param y what the vertical axis shows, with its unit
 * @param logarithmic whether the vertical axis is logarithmic; values that are not above 0 are left
 *     out then
 * @param series at least one, with at least one value
 */
public record Chart(String title, String x, String y, boolean logarithmic, List<Series> series) {
  /** Copies the list. */
  public Chart {
    series = List.copyOf(series);
  }

  /** How a series is drawn. */
  public enum Kind {
    /** A histogram: {@code x} are its edges, one more than {@code y}. */
    STEPS,
    /** Points joined by a line. */
    LINE,
    /** Points, with error bars where there are errors. */
    POINTS
  }

  /**
   * Some values under one name.
   *
   * @param errors half the length of each error bar; null for none
   */
  public record Series(String name, Kind kind, double[] x, double[] y, double @Nullable [] errors) {
    /** A histogram. */
    public static Series steps(String name, double[] edges, double[] y) {
      return new Series(name, Kind.STEPS, edges, y, null);
    }

    /** A line. */
    public static Series line(String name, double[] x, double[] y) {
      return new Series(name, Kind.LINE, x, y, null);
    }

    /** Points with error bars; a NaN leaves a point out. */
    public static Series points(String name, double[] x, double[] y, double @Nullable [] errors) {
      return new Series(name, Kind.POINTS, x, y, errors);
    }

    /** The middle of step {@code i}, or the place of point {@code i}. */
    public double position(int i) {
      return kind == Kind.STEPS ? (x[i] + x[i + 1]) / 2 : x[i];
    }

    /** Half an error bar; 0 where there is none. */
    public double error(int i) {
      return errors == null ? 0 : errors[i];
    }
  }
}
