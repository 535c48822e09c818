package org.jetfold.codec.network;

/**
 * A layer's weights as {@link Kernel#multiply} reads them: outputs stand in panels of {@value
 * #PANEL}, and within a panel input after input, so that the weights of a panel are read one after
 * the other. The last panel is filled up with zeros. Immutable and safe to share.
 */
public final class PackedWeights {
  /** Outputs of a panel. */
  static final int PANEL = 4;

  private final float[] values;
  private final int outputs;
  private final int inputs;

  /**
   * Packs a layer's weights.
   *
   * @param weights from {@code from} on, output after output, an output's inputs one after the
   *     other
   */
  public PackedWeights(float[] weights, int from, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    values = new float[units(outputs) * inputs];
    for (int o = 0; o < outputs; o++) {
      int panel = o - o % PANEL;
      for (int i = 0; i < inputs; i++) {
        values[panel * inputs + i * PANEL + o % PANEL] = weights[from + o * inputs + i];
      }
    }
  }

  /** How many units there must be room for, where there are so many outputs: whole panels. */
  public static int units(int outputs) {
    return (outputs + PANEL - 1) / PANEL * PANEL;
  }

  /** The number of outputs. */
  public int outputs() {
    return outputs;
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** The weight of an input in an output. */
  float weight(int output, int input) {
    return values[(output - output % PANEL) * inputs + input * PANEL + output % PANEL];
  }

  /** All weights, panel after panel. Not to be changed. */
  float[] values() {
    return values;
  }
}
