package org.jetfold.study.matching;

import java.util.Arrays;

/**
 * The cheapest one-to-one assignment of rows to columns, by shortest augmenting paths (Kuhn and
 * Munkres as Jonker and Volgenant improved it), in O(n²m). Thread-safe.
 */
final class Assignment {
  private Assignment() {}

  /**
   * Assigns every row a column of its own so that the sum of costs is least.
   *
   * @param costs finite; at least as many columns as rows
   * @return for each row its column
   */
  static int[] cheapest(double[][] costs) {
    int rows = costs.length;
    int columns = rows == 0 ? 0 : costs[0].length;
    // Row and column 0 stand for "none" here; potentials make all reduced costs non-negative.
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOfColumn = new int[columns + 1];
    int[] before = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOfColumn[0] = row;
      int column = 0;
      double[] distance = new double[columns + 1];
      Arrays.fill(distance, Double.POSITIVE_INFINITY);
      boolean[] done = new boolean[columns + 1];
      do {
        done[column] = true;
        int from = rowOfColumn[column];
        int nearest = 0;
        double step = Double.POSITIVE_INFINITY;
        for (int to = 1; to <= columns; to++) {
          if (done[to]) {
            continue;
          }
          double reduced = costs[from - 1][to - 1] - rowPotential[from] - columnPotential[to];
          if (reduced < distance[to]) {
            distance[to] = reduced;
            before[to] = column;
          }
          if (distance[to] < step) {
            step = distance[to];
            nearest = to;
          }
        }
        for (int to = 0; to <= columns; to++) {
          if (done[to]) {
            rowPotential[rowOfColumn[to]] += step;
            columnPotential[to] -= step;
          } else {
            distance[to] -= step;
          }
        }
        column = nearest;
      } while (rowOfColumn[column] != 0);
      while (column != 0) {
        rowOfColumn[column] = rowOfColumn[before[column]];
        column = before[column];
      }
    }
    int[] columnOfRow = new int[rows];
    for (int column = 1; column <= columns; column++) {
      if (rowOfColumn[column] > 0) {
        columnOfRow[rowOfColumn[column] - 1] = column - 1;
      }
    }
    return columnOfRow;
  }
}
