package org.jetfold.codec.autoencoder;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.network.FewRowsWeights;
import org.jetfold.codec.network.Kernel;

/**
 * A network for one or a few rows at a time, as a trigger has the jets of an event: SIMD lanes go
 * across outputs, and nothing is allocated while there is room for the rows. Gives the same bits as
 * {@link DenseNetwork}. Not thread-safe.
 */
public final class EventNetwork {
  private final FewRowsWeights[] weights;
  private final float[][] biases;
  private final float[][] outputs;
  private final Activation activation;
  private final boolean lastActivated;
  private final Kernel kernel;

  /** As {@link DenseNetwork#DenseNetwork}. */
  public EventNetwork(
      List<DenseLayer> layers, Activation activation, boolean lastActivated, Kernel kernel) {
    this.activation = activation;
    this.lastActivated = lastActivated;
    this.kernel = kernel;
    weights = new FewRowsWeights[layers.size()];
    biases = new float[layers.size()][];
    outputs = new float[layers.size()][];
    for (int l = 0; l < weights.length; l++) {
      DenseLayer layer = layers.get(l);
      weights[l] = new FewRowsWeights(layer.weights(), layer.outputs(), layer.inputs());
      biases[l] = Arrays.copyOf(layer.biases(), weights[l].units());
      outputs[l] = new float[weights[l].units()];
    }
  }

  /** From a row's first output to the next row's. */
  public int stride() {
    return weights[weights.length - 1].units();
  }

  /**
   * Runs the network.
   *
   * @param x the inputs, row after row
   * @return the outputs, row after row, {@link #stride} apart, in an array that the next run
   *     overwrites
   */
  public float[] run(float[] x, int rows) {
    float[] from = x;
    int fromStride = weights[0].inputs();
    for (int l = 0; l < weights.length; l++) {
      int units = weights[l].units();
      if (outputs[l].length < rows * units) {
        outputs[l] = new float[rows * units];
      }
      float[] to = outputs[l];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(biases[l], 0, to, r * units, units);
      }
      kernel.multiplyFew(weights[l], from, fromStride, to, rows);
      if (l + 1 < weights.length || lastActivated) {
        activation.apply(kernel, to, rows * units / Kernel.ROWS, Kernel.ROWS);
      }
      from = to;
      fromStride = units;
    }
    return from;
  }
}
