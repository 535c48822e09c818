package org.jetfold.codec.network;

/**
 * A layer's weights as {@link Kernel#multiplyFew} reads them: outputs stand in panels of {@value
 * #PANEL}, and within a panel input after input, so that memory is read as it lies. The last panel
 * is filled up with zeros. Immutable and safe to share.
 */
public final class FewRowsWeights {
  /** Outputs of a panel: a tile's rows, so that activations can take the sums for whole units. */
  static final int PANEL = Kernel.ROWS;

  private final float[] values;
  private final int units;
  private final int inputs;

  /**
   * Packs a layer's weights.
   *
   * @param weights output after output, an output's inputs one after the other
   */
  public FewRowsWeights(float[] weights, int outputs, int inputs) {
    this.inputs = inputs;
    units = (outputs + PANEL - 1) / PANEL * PANEL;
    values = new float[units * inputs];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        values[at(o) + i * PANEL] = weights[o * inputs + i];
      }
    }
  }

  /** The number of outputs, those that fill up the last panel counted. */
  public int units() {
    return units;
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** All weights, panel after panel. Not to be changed. */
  float[] values() {
    return values;
  }

  /**
   * Where an output's weight of the first input is; those of the next ones are PANEL apart each.
   */
  int at(int output) {
    return (output - output % PANEL) * inputs + output % PANEL;
  }
}
