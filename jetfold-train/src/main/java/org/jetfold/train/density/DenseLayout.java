package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;

/**
 * Where the weights of a masked network are in full matrices, as libtorch multiplies them: inputs
 * are rows, outputs are columns, and masked weights are zero.
 *
 * <p>Outputs are ordered by kind of output, then by column of the table, so that the mixture of
 * each column lies along the first axis of a 3K × columns array. Immutable.
 */
final class DenseLayout {
  private final int[] rows;
  private final int[] lines;
  private final int[][] positions;

  DenseLayout(AutoregressiveShape shape) {
    int columns = shape.columns();
    int hidden = shape.hidden();
    int outputs = shape.outputs() * columns;
    int inputs = shape.inputs(columns - 1);
    rows = new int[] {inputs, 1, hidden, 1, hidden, inputs, 1};
    lines = new int[] {hidden, hidden, hidden, hidden, outputs, outputs, outputs};
    int[] lengths = AutoregressiveWeights.lengths(shape);
    positions = new int[lengths.length][];
    for (int a = 0; a < lengths.length; a++) {
      positions[a] = new int[lengths[a]];
    }
    int[] at = new int[lengths.length];
    for (int column = 0; column < columns; column++) {
      for (int unit = shape.firstUnit(column); unit < shape.units(column); unit++) {
        put(0, at, shape.inputs(column), hidden, unit);
        put(1, at, 1, hidden, unit);
        put(2, at, shape.units(column), hidden, unit);
        put(3, at, 1, hidden, unit);
      }
      for (int output = 0; output < shape.outputs(); output++) {
        int line = output * columns + column;
        put(4, at, shape.units(column), outputs, line);
        put(5, at, shape.inputs(column), outputs, line);
        put(6, at, 1, outputs, line);
      }
    }
  }

  private void put(int array, int[] at, int count, int width, int line) {
    for (int i = 0; i < count; i++) {
      positions[array][at[array]++] = i * width + line;
    }
  }

  /** The number of matrices, as many as {@link AutoregressiveWeights} has arrays. */
  int matrices() {
    return positions.length;
  }

  /** The number of a matrix's inputs; 1 for biases. */
  int rows(int matrix) {
    return rows[matrix];
  }

  /** The number of a matrix's outputs. */
  int lines(int matrix) {
    return lines[matrix];
  }

  /** A full matrix from its weights. */
  float[] dense(int matrix, float[] weights) {
    float[] dense = new float[rows[matrix] * lines[matrix]];
    for (int i = 0; i < weights.length; i++) {
      dense[positions[matrix][i]] = weights[i];
    }
    return dense;
  }

  /** The weights of a full matrix. */
  float[] weights(int matrix, float[] dense) {
    float[] weights = new float[positions[matrix].length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = dense[positions[matrix][i]];
    }
    return weights;
  }

  /** 1 where there is a weight, 0 where it is masked. */
  float[] mask(int matrix) {
    float[] ones = new float[positions[matrix].length];
    Arrays.fill(ones, 1);
    return dense(matrix, ones);
  }
}
