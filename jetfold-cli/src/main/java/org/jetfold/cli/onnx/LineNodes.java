package org.jetfold.cli.onnx;

import java.util.Arrays;
import org.jetfold.codec.autoencoder.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * The operators of straight lines between knots, for which ONNX has no operator: a binary search
 * for the line of each value, with {@code Gather} in a table. With K knots it takes ⌈log2 K⌉
 * look-ups, and no tensor is larger than that of the values.
 *
 * <p>Each column has a part of the table. All parts have the same size, a power of two, and hold
 * where the lines begin, their first values, and their slopes. Unused entries begin at infinity, so
 * that the search ends before them.
 */
final class LineNodes {
  private final OnnxGraph graph;
  private final int columns;
  private final int size;
  private final double[] bounds;
  private final double[] starts;
  private final double[] values;
  private final double[] slopes;

  /**
   * The lines of some columns.
   *
   * @param knots one for each column, null for a column whose result does not matter
   * @param apply whether the lines go from x to y, or from y to x
   */
  LineNodes(OnnxGraph graph, Normalization.@Nullable Knots[] knots, boolean apply) {
    this.graph = graph;
    columns = knots.length;
    int most = 1;
    for (Normalization.Knots lines : knots) {
      most = Math.max(most, lines == null ? 1 : lines.x().length - 1);
    }
    size = most == 1 ? 1 : 2 * Integer.highestOneBit(most - 1);
    bounds = new double[columns * size];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    starts = new double[bounds.length];
    values = new double[bounds.length];
    slopes = new double[bounds.length];
    for (int column = 0; column < columns; column++) {
      Normalization.Knots lines = knots[column];
      if (lines != null) {
        fill(column * size, apply ? lines.x() : lines.y(), apply ? lines.y() : lines.x());
      }
    }
  }

  private void fill(int at, double[] from, double[] to) {
    for (int i = 0; i < size; i++) {
      // An infinite value reaches the end of the table, and stays infinite there.
      int line = Math.min(i, from.length - 2);
      if (i == line) {
        bounds[at + i] = from[i];
      }
      starts[at + i] = from[line];
      values[at + i] = to[line];
      slopes[at + i] = (to[line + 1] - to[line]) / (from[line + 1] - from[line]);
    }
  }

  /** The values of the lines at those of a float64 tensor (rows × columns). */
  String of(String tensor) {
    long[] first = new long[columns];
    for (int column = 0; column < columns; column++) {
      first[column] = (long) column * size;
    }
    String line = graph.constant(first);
    String table = size > 1 ? graph.table(bounds) : "";
    for (int step = size / 2; step > 0; step /= 2) {
      String next = graph.node("Add", line, graph.constant(new long[] {step}));
      String isAfter = graph.node("GreaterOrEqual", tensor, graph.node("Gather", table, next));
      line = graph.node("Where", isAfter, next, line);
    }
    String along = graph.node("Sub", tensor, graph.node("Gather", graph.table(starts), line));
    return graph.node(
        "Add",
        graph.node("Gather", graph.table(values), line),
        graph.node("Mul", along, graph.node("Gather", graph.table(slopes), line)));
  }
}
