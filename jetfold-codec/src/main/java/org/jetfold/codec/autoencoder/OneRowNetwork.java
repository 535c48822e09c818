package org.jetfold.codec.autoencoder;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.network.Kernel;

/**
 * A network for one row at a time, as a trigger has them: SIMD lanes go across outputs, and nothing
 * is allocated. Gives the same bits as {@link DenseNetwork}. Not thread-safe.
 */
public final class OneRowNetwork {
  private final float[][] weights;
  private final float[][] biases;
  private final float[][] outputs;
  private final int inputs;
  private final Activation activation;
  private final boolean lastActivated;
  private final Kernel kernel;

  /** As {@link DenseNetwork#DenseNetwork}. */
  public OneRowNetwork(
      List<DenseLayer> layers, Activation activation, boolean lastActivated, Kernel kernel) {
    this.activation = activation;
    this.lastActivated = lastActivated;
    this.kernel = kernel;
    inputs = layers.getFirst().inputs();
    weights = new float[layers.size()][];
    biases = new float[layers.size()][];
    outputs = new float[layers.size()][];
    for (int l = 0; l < weights.length; l++) {
      DenseLayer layer = layers.get(l);
      int padded = (layer.outputs() + Kernel.ROWS - 1) / Kernel.ROWS * Kernel.ROWS;
      biases[l] = Arrays.copyOf(layer.biases(), padded);
      outputs[l] = new float[padded];
      weights[l] = new float[padded * layer.inputs()];
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < layer.inputs(); i++) {
          weights[l][i * padded + o] = layer.weights()[o * layer.inputs() + i];
        }
      }
    }
  }

  /**
   * Runs the network.
   *
   * @param x the inputs
   * @return the outputs, at the beginning of an array that the next run overwrites
   */
  public float[] run(float[] x) {
    float[] from = x;
    int width = inputs;
    for (int l = 0; l < weights.length; l++) {
      float[] to = outputs[l];
      System.arraycopy(biases[l], 0, to, 0, to.length);
      kernel.multiplyOne(weights[l], to.length, width, from, to);
      if (l + 1 < weights.length || lastActivated) {
        activation.apply(kernel, to, to.length / Kernel.ROWS, Kernel.ROWS);
      }
      width = l + 1 < weights.length ? weights[l + 1].length / outputs[l + 1].length : 0;
      from = to;
    }
    return from;
  }
}
