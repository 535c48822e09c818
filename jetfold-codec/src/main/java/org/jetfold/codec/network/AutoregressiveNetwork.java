package org.jetfold.codec.network;

/**
 * Runs a masked autoregressive network step by step: step j gives the mixtures of column j, and
 * needs the inputs of the steps before only. Running all steps costs as many multiply-adds as the
 * network has weights, whether columns are known in advance (encoding) or not (decoding), and gives
 * the same bits. Immutable and safe to share; the activations are in {@link Activations}.
 */
public final class AutoregressiveNetwork {
  private final AutoregressiveShape shape;
  private final AutoregressiveWeights weights;
  private final Kernel kernel;
  private final PackedWeights[] first;
  private final PackedWeights[] second;
  private final PackedWeights[] output;
  private final PackedWeights[] skip;

  /**
   * A network.
   *
   * @throws IllegalArgumentException where an array's length is not what the shape says
   */
  public AutoregressiveNetwork(
      AutoregressiveShape shape, AutoregressiveWeights weights, Kernel kernel) {
    this.shape = shape;
    this.weights = weights;
    this.kernel = kernel;
    int[] lengths = AutoregressiveWeights.lengths(shape);
    float[][] arrays = weights.arrays();
    for (int i = 0; i < lengths.length; i++) {
      if (arrays[i].length != lengths[i]) {
        throw new IllegalArgumentException(
            "%d weights where the network's shape has %d".formatted(arrays[i].length, lengths[i]));
      }
    }
    first = packed(weights.first(), AutoregressiveShape::added, AutoregressiveShape::inputs);
    second = packed(weights.second(), AutoregressiveShape::added, AutoregressiveShape::units);
    output = packed(weights.output(), (s, column) -> s.outputs(), AutoregressiveShape::units);
    skip = packed(weights.skip(), (s, column) -> s.outputs(), AutoregressiveShape::inputs);
  }

  private interface OfStep {
    int number(AutoregressiveShape shape, int column);
  }

  /** A layer's weights, those of each step by themselves. */
  private PackedWeights[] packed(float[] layer, OfStep outputs, OfStep inputs) {
    PackedWeights[] packed = new PackedWeights[shape.columns()];
    int from = 0;
    for (int column = 0; column < packed.length; column++) {
      int rows = outputs.number(shape, column);
      int seen = inputs.number(shape, column);
      packed[column] = new PackedWeights(layer, from, rows, seen);
      from += rows * seen;
    }
    return packed;
  }

  /** The wiring. */
  public AutoregressiveShape shape() {
    return shape;
  }

  /** The kernel that runs the loops. */
  public Kernel kernel() {
    return kernel;
  }

  /** The activations of a tile of rows. Not thread-safe. */
  public static final class Activations {
    private final float[] inputs;
    private final float[] first;
    private final float[] second;
    private final float[] outputs;

    /** Room for a network of this shape. */
    public Activations(AutoregressiveShape shape) {
      inputs = new float[shape.inputs(shape.columns() - 1) * Kernel.ROWS];
      // A step's products fill whole panels, perhaps behind its own units: those that come next.
      int hidden = shape.hidden() + PackedWeights.PANEL;
      first = new float[hidden * Kernel.ROWS];
      second = new float[hidden * Kernel.ROWS];
      outputs = new float[Kernel.mixtureRoom(shape.components())];
    }

    /**
     * The inputs, to be filled before the step that first sees them: value of input i, row r, at
     * i·ROWS + r.
     */
    public float[] inputs() {
      return inputs;
    }

    /** After a step, the mixtures of its column, as {@link Kernel#mixtures} leaves them. */
    public float[] mixtures() {
      return outputs;
    }
  }

  /**
   * Gives the mixtures of a column for the first {@code rows} rows of a tile. Steps are taken in
   * order, beginning with 0.
   */
  public void step(int column, Activations activations, int rows) {
    int from = shape.firstUnit(column);
    int added = shape.added(column);
    kernel.fill(weights.firstBiases(), from, added, activations.first, from, rows);
    kernel.multiply(first[column], activations.inputs, activations.first, from, rows);
    kernel.rectify(activations.first, from, added, rows);
    kernel.fill(weights.secondBiases(), from, added, activations.second, from, rows);
    kernel.multiply(second[column], activations.first, activations.second, from, rows);
    kernel.rectify(activations.second, from, added, rows);
    int outputs = shape.outputs();
    kernel.fill(weights.outputBiases(), column * outputs, outputs, activations.outputs, 0, rows);
    kernel.multiply(output[column], activations.second, activations.outputs, 0, rows);
    kernel.multiply(skip[column], activations.inputs, activations.outputs, 0, rows);
    kernel.mixtures(activations.outputs, shape.components(), rows);
  }
}
