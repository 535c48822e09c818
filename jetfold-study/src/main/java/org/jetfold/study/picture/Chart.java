package org.jetfold.study.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Curves, histograms and points over an axis. What is not above 0 is left out on a logarithmic
 * axis.
 *
 * @param title one line
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series may be none
 * @param below a second panel over the same horizontal axis; null for none
 */
public record Chart(String title, Axis x, Axis y, List<Series> series, @Nullable Below below)
    implements Picture {
  /** Copies the list. */
  public Chart {
    series = List.copyOf(series);
  }

  /** A chart with a single panel. */
  public Chart(String title, Axis x, Axis y, List<Series> series) {
    this(title, x, y, series, null);
  }

  /**
   * A panel below a chart, as for ratios or pulls.
   *
   * @param y its vertical axis, linear
   * @param reference a value that the axis shows and that has a line: 1 of ratios, 0 of pulls
   */
  public record Below(Axis y, List<Series> series, double reference) {
    /** Copies the list. */
    public Below {
      series = List.copyOf(series);
    }
  }

  /**
   * What an axis shows, and how.
   *
   * @param label with its unit
   */
  public record Axis(String label, boolean logarithmic) {
    /** An axis with equal steps. */
    public static Axis linear(String label) {
      return new Axis(label, false);
    }

    /** An axis with equal factors. */
    public static Axis logarithmic(String label) {
      return new Axis(label, true);
    }
  }

  /** How a series is drawn. */
  public enum Kind {
    /** A histogram: {@code x} are its edges, one more than {@code y}. */
    STEPS,
    /** A line through points that are not drawn. */
    LINE,
    /** Points that are joined by a line. */
    MARKED_LINE,
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

    /** Points joined by a line. */
    public static Series markedLine(String name, double[] x, double[] y) {
      return new Series(name, Kind.MARKED_LINE, x, y, null);
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
