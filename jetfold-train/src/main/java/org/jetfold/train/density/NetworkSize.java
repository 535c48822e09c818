package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.density.ContextInputs;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.train.UntrainableTableException;

/**
 * The size of a network.
 *
 * @param hidden units of each hidden layer
 * @param components logistic distributions of each mixture
 */
record NetworkSize(int hidden, int components) {
  /** Candidates, up to where more units gain nothing (docs/benchmarks/learned-training.csv). */
  private static final int[] HIDDEN = {0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 144, 192, 256, 384};

  /** The kernels compute so many units together. Each column adds a multiple where it can. */
  private static final int BLOCK = 4;

  /** With so many training values for each weight a network hardly overfits. */
  private static final double VALUES_PER_WEIGHT = 16;

  /** Weights that are stored with the values must save more than they take. */
  private static final double VALUES_PER_STORED_WEIGHT = 40;

  private static final long MIN_VALUES_FOR_TWO_COMPONENTS = 2_000;
  private static final long MIN_VALUES_FOR_THREE = 20_000;
  private static final long MIN_VALUES_FOR_FOUR = 200_000;

  /** The largest network for which there is enough data. */
  static NetworkSize of(TrainingData data, boolean stored) {
    int columns = data.columns().size();
    long values = (long) data.rows() * columns;
    int components =
        values < MIN_VALUES_FOR_TWO_COMPONENTS
            ? 1
            : values < MIN_VALUES_FOR_THREE ? 2 : values < MIN_VALUES_FOR_FOUR ? 3 : 4;
    double maxWeights = values / (stored ? VALUES_PER_STORED_WEIGHT : VALUES_PER_WEIGHT);
    int hidden = 0;
    for (int some : HIDDEN) {
      int candidate = some < BLOCK * columns ? some : some - some % (BLOCK * columns);
      AutoregressiveShape shape =
          ContextInputs.shape(
              columns, data.places(), data.contexts().size(), candidate, components);
      if (shape.isPossible() && weights(shape) <= maxWeights) {
        hidden = candidate;
      }
    }
    return new NetworkSize(hidden, components);
  }

  /**
   * Checks that a model can hold the network.
   *
   * @throws UntrainableTableException where it has more weights than a model can hold
   */
  void require(TrainingData data) {
    int columns = data.columns().size();
    int contexts = data.contexts().size();
    if (!ContextInputs.shape(columns, data.places(), contexts, hidden, components).isPossible()) {
      throw new UntrainableTableException(
          "%,d columns and %,d hidden units make more weights than a model can hold (%,d): use fewer columns%s"
              .formatted(
                  columns,
                  hidden,
                  AutoregressiveShape.MAX_WEIGHTS,
                  hidden == 0 ? "" : ", or fewer hidden units"));
    }
  }

  static long weights(AutoregressiveShape shape) {
    return Arrays.stream(AutoregressiveWeights.lengths(shape)).asLongStream().sum();
  }
}
