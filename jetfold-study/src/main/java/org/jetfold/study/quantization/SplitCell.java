package org.jetfold.study.quantization;

import java.util.stream.DoubleStream;

/**
 * A cell that an edge of a bin divides, and the two beside it.
 *
 * @param edge the edge, in the cell
 * @param levels those of the cell below, of the cell itself, of the one above, and the next
 * @param ends the lower ends of the cells of these levels
 */
record SplitCell(double edge, double[] levels, double[] ends) {
  /** So many events that a cell should have are not missing by chance. */
  private static final double SURE = 10;

  /** The cell that an edge is in. */
  static SplitCell at(double edge, Levels levels) {
    double level = levels.atOrAbove(edge);
    if (levels.effectiveEdge(level) > edge) {
      level = levels.below(level);
    }
    double above = levels.atOrAbove(Math.nextUp(level));
    double[] around = {levels.below(level), level, above, levels.atOrAbove(Math.nextUp(above))};
    double[] ends = new double[around.length];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = levels.effectiveEdge(around[i]);
    }
    return new SplitCell(edge, around, ends);
  }

  /** The level of the cell. */
  double level() {
    return levels[1];
  }

  /** The next level above. */
  double above() {
    return levels[2];
  }

  /** Between which the values of the three cells are. */
  DoubleStream boundaries() {
    return DoubleStream.of(levels);
  }

  /**
   * Which part of the cell's values is below the edge. Where the spectrum ends in the cell, only as
   * much of it is filled as the density beside it tells.
   *
   * @param sums of weights
   * @param squares sums of squared weights
   */
  double partBelow(Sums sums, Sums squares) {
    double from = ends[1];
    double to = ends[2];
    double filled = (to - from) * filled(sums);
    boolean startsHere = isEndBeside(0, sums, squares);
    if (startsHere || isEndBeside(2, sums, squares)) {
      return Math.clamp((edge - (startsHere ? to - filled : from)) / filled, 0, 1);
    }
    double place = Math.clamp((edge - from) / (to - from), 0, 1);
    double growth = slope(sums, squares) * (to - from);
    return Math.abs(growth) < 1e-9 ? place : Math.expm1(growth * place) / Math.expm1(growth);
  }

  /** Whether the spectrum ends in this cell: nothing is in the next one, where much should be. */
  private boolean isEndBeside(int empty, Sums sums, Sums squares) {
    int full = 2 - empty;
    double here = sums.between(levels[1], levels[2]);
    double there = sums.between(levels[full], levels[full + 1]);
    if (!(here > 0 && there > 0) || squares.between(levels[empty], levels[empty + 1]) != 0) {
      return false;
    }
    double events = there * there / squares.between(levels[full], levels[full + 1]);
    return events * width(empty) / width(full) >= SURE;
  }

  /** Which part of this cell has values, where they lie as densely as in those beside it. */
  private double filled(Sums sums) {
    double beside =
        Math.max(
            sums.between(levels[0], levels[1]) / width(0),
            sums.between(levels[2], levels[3]) / width(2));
    return Math.min(1, sums.between(levels[1], levels[2]) / width(1) / beside);
  }

  private double width(int cell) {
    return ends[cell + 1] - ends[cell];
  }

  /**
   * The slope of the density's logarithm: that between the cells below and above, at most twice
   * that to either of them, and none at peaks and troughs.
   */
  private double slope(Sums sums, Sums squares) {
    double all = sums.between(levels[0], levels[3]);
    // Half an event more leaves cells without any a logarithm.
    double half = squares.between(levels[0], levels[3]) / all / 2;
    double[] logs = new double[3];
    for (int i = 0; i < logs.length; i++) {
      double height = sums.between(levels[i], levels[i + 1]) + half;
      if (!(height > 0)) {
        return 0;
      }
      logs[i] = Math.log(height / width(i));
    }
    double toBelow = (ends[2] - ends[0]) / 2;
    double toAbove = (ends[3] - ends[1]) / 2;
    double before = (logs[1] - logs[0]) / toBelow;
    double after = (logs[2] - logs[1]) / toAbove;
    if (before * after <= 0) {
      return 0;
    }
    double across = (logs[2] - logs[0]) / (toBelow + toAbove);
    double limit = 2 * Math.min(Math.abs(before), Math.abs(after));
    return Math.clamp(across, -limit, limit);
  }
}
