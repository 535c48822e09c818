package org.jetfold.codec.autoencoder;

/**
 * A fully connected layer: y = W·x + b.
 *
 * @param weights output after output, an output's inputs one after the other; not to be changed
 * @param biases one per output; not to be changed
 */
public record DenseLayer(float[] weights, float[] biases) {
  /** The number of inputs. */
  public int inputs() {
    return weights.length / biases.length;
  }

  /** The number of outputs. */
  public int outputs() {
    return biases.length;
  }
}
