package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.density.ContextInputs;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.train.UntrainableTableException;

/**
 * How large a network is.
 *
 * @param hidden units of each hidden layer
 * @param components logistic distributions a mixture
 */
record NetworkSize(int hidden, int components) {
  /** Ever more units, up to where more gain nothing (docs/benchmarks/learned-training.csv). */
  private static final int[] HIDDEN = {0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 144, 192, 256, 384};

  /** Units that the kernels work on together. Each column adds a multiple of them where it can. */
  private static final int BLOCK = 4;

  /** So many values a weight make a network that learns what there is and not the values. */
  private static final double VALUES_A_WEIGHT = 16;

  /** Where the weights are stored with the values, fewer pay. */
  private static final double VALUES_A_STORED_WEIGHT = 40;

  private static final long VALUES_FOR_TWO_COMPONENTS = 2_000;
  private static final long VALUES_FOR_THREE = 20_000;
  private static final long VALUES_FOR_FOUR = 200_000;

  /** The largest network that there is enough data for. */
  static NetworkSize of(TrainingData data, boolean stored) {
    int columns = data.columns().size();
    long values = (long) data.rows() * columns;
    int components =
        values < VALUES_FOR_TWO_COMPONENTS
            ? 1
            : values < VALUES_FOR_THREE ? 2 : values < VALUES_FOR_FOUR ? 3 : 4;
    double most = values / (stored ? VALUES_A_STORED_WEIGHT : VALUES_A_WEIGHT);
    int hidden = 0;
    for (int some : HIDDEN) {
      int candidate = some < BLOCK * columns ? some : some - some % (BLOCK * columns);
      AutoregressiveShape shape =
          ContextInputs.shape(columns, data.hasEvents(), candidate, components);
      if (shape.isPossible() && weights(shape) <= most) {
        hidden = candidate;
      }
    }
    return new NetworkSize(hidden, components);
  }

  /**
   * Checks that a network may be so large.
   *
   * @throws UntrainableTableException where it has more weights than a model can hold
   */
  void require(TrainingData data) throws UntrainableTableException {
    int columns = data.columns().size();
    if (!ContextInputs.shape(columns, data.hasEvents(), hidden, components).isPossible()) {
      throw new UntrainableTableException(
          "%,d columns and %,d hidden units make more weights than a model holds (%,d): take columns out with --columns%s"
              .formatted(
                  columns,
                  hidden,
                  AutoregressiveShape.MOST_WEIGHTS,
                  hidden == 0 ? "" : ", or choose a smaller --hidden"));
    }
  }

  static long weights(AutoregressiveShape shape) {
    return Arrays.stream(AutoregressiveWeights.lengths(shape)).asLongStream().sum();
  }
}
