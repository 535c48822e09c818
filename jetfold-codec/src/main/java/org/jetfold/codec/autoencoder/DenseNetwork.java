package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.PackedWeights;

/**
 * Layers one after the other, on the kernels that give the same bits everywhere (docs/format.md
 * section 13.2). Immutable and safe to share; the activations are in {@link Activations}.
 */
public final class DenseNetwork {
  private final List<DenseLayer> layers;
  private final List<PackedWeights> packed;
  private final Activation activation;
  private final boolean lastActivated;
  private final Kernel kernel;

  /**
   * A network.
   *
   * @param lastActivated whether the last layer's outputs are activated as the others are
   */
  public DenseNetwork(
      List<DenseLayer> layers, Activation activation, boolean lastActivated, Kernel kernel) {
    this.layers = List.copyOf(layers);
    packed =
        layers.stream()
            .map(layer -> new PackedWeights(layer.weights(), 0, layer.outputs(), layer.inputs()))
            .toList();
    this.activation = activation;
    this.lastActivated = lastActivated;
    this.kernel = kernel;
  }

  /** The number of inputs. */
  public int inputs() {
    return layers.getFirst().inputs();
  }

  /** The activations of a tile of rows. Not thread-safe. */
  public static final class Activations {
    private float[] from;
    private float[] to;

    /** Room for a network. */
    public Activations(DenseNetwork network) {
      int widest = network.inputs();
      for (DenseLayer layer : network.layers) {
        widest = Math.max(widest, PackedWeights.units(layer.outputs()));
      }
      from = new float[widest * Kernel.ROWS];
      to = new float[widest * Kernel.ROWS];
    }

    /**
     * The inputs before a run, the outputs after it: value of unit u, row r, at u·ROWS + r. Another
     * array after each run.
     */
    public float[] values() {
      return from;
    }
  }

  /** Runs the network on the first {@code rows} rows of a tile, in place. */
  public void run(Activations activations, int rows) {
    for (int l = 0; l < layers.size(); l++) {
      DenseLayer layer = layers.get(l);
      kernel.fill(layer.biases(), 0, layer.outputs(), activations.to, 0, rows);
      kernel.multiply(packed.get(l), activations.from, activations.to, 0, rows);
      if (l + 1 < layers.size() || lastActivated) {
        activation.apply(kernel, activations.to, layer.outputs(), rows);
      }
      float[] swapped = activations.from;
      activations.from = activations.to;
      activations.to = swapped;
    }
  }
}
