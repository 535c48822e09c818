package org.jetfold.train.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of an autoencoder on libtorch: gated recurrent units (Cho et al., 2014), which are
 * given what a file holds of each row. Arrays: matrix (inputs × outputs) and biases of the gates,
 * and of the candidate. Immutable.
 */
final class TorchMemory {
  /** The number of arrays. */
  static final int ARRAYS = 4;

  private final int inputs;
  private final int units;
  private final int first;

  /**
   * The memory of a network.
   *
   * @param first the number of the first of its arrays among the network's
   */
  TorchMemory(AutoencoderDescription description, int first) {
    units = description.memory();
    inputs = description.given() + units;
    this.first = first;
  }

  /** The first values of its arrays. */
  NDArray[] initial(SplittableRandom random, NDManager manager) {
    return new NDArray[] {
      matrix(2 * units, random, manager),
      manager.zeros(new Shape(1, 2L * units), DataType.FLOAT32),
      matrix(units, random, manager),
      manager.zeros(new Shape(1, units), DataType.FLOAT32)
    };
  }

  private NDArray matrix(int outputs, SplittableRandom random, NDManager manager) {
    float[] matrix = new float[inputs * outputs];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
    }
    return manager.create(matrix, new Shape(inputs, outputs));
  }

  /**
   * What is remembered of the first {@code rows} events.
   *
   * @param before of at least as many events; null before their first rows
   */
  NDArray of(@Nullable NDArray before, int rows, NDManager scope) {
    return before == null
        ? scope.zeros(new Shape(rows, units), DataType.FLOAT32)
        : before.get(new NDIndex(":{}", rows));
  }

  /**
   * Remembers a row of each event.
   *
   * @param given what a file holds of the rows
   * @param w the network's arrays
   */
  NDArray next(NDArray given, NDArray before, NDArray[] w) {
    NDArray gates = Activation.sigmoid(given.concat(before, 1).matMul(w[first]).add(w[first + 1]));
    NDArray resets = gates.get(new NDIndex(":, :{}", units));
    NDArray keeps = gates.get(new NDIndex(":, {}:", units));
    NDArray candidate =
        given.concat(before.mul(resets), 1).matMul(w[first + 2]).add(w[first + 3]).tanh();
    return candidate.add(keeps.mul(before.sub(candidate)));
  }

  /** The gates and the candidate. */
  List<DenseLayer> layers(NDArray[] w) {
    return List.of(layer(w[first], w[first + 1]), layer(w[first + 2], w[first + 3]));
  }

  private static DenseLayer layer(NDArray matrix, NDArray biases) {
    return new DenseLayer(matrix.transpose().toFloatArray(), biases.toFloatArray());
  }
}
