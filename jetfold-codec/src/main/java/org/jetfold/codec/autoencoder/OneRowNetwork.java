package org.jetfold.codec.autoencoder;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.OneRowWeights;

/**
 * A network for one row at a time, as a trigger has them: SIMD lanes go across outputs, and nothing
 * is allocated. Gives the same bits as {@link DenseNetwork}. Not thread-safe.
 */
public final class OneRowNetwork {
  private final OneRowWeights[] weights;
  private final float[][] biases;
  private final float[][] outputs;
  private final Activation activation;
  private final boolean lastActivated;
  private final Kernel kernel;

  /** As {@link DenseNetwork#DenseNetwork}. */
  public OneRowNetwork(
      List<DenseLayer> layers, Activation activation, boolean lastActivated, Kernel kernel) {
    this.activation = activation;
    this.lastActivated = lastActivated;
    this.kernel = kernel;
    weights = new OneRowWeights[layers.size()];
    biases = new float[layers.size()][];
    outputs = new float[layers.size()][];
    for (int l = 0; l < weights.length; l++) {
      DenseLayer layer = layers.get(l);
      weights[l] = new OneRowWeights(layer.weights(), layer.outputs(), layer.inputs());
      biases[l] = Arrays.copyOf(layer.biases(), weights[l].units());
      outputs[l] = new float[weights[l].units()];
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
    for (int l = 0; l < weights.length; l++) {
      float[] to = outputs[l];
      System.arraycopy(biases[l], 0, to, 0, to.length);
      kernel.multiplyOne(weights[l], from, to);
      if (l + 1 < weights.length || lastActivated) {
        activation.apply(kernel, to, to.length / Kernel.ROWS, Kernel.ROWS);
      }
      from = to;
    }
    return from;
  }
}
