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
  private final int[] firstAt;
  private final int[] secondAt;
  private final int[] outputAt;
  private final int[] skipAt;

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
    int columns = shape.columns();
    firstAt = new int[columns];
    secondAt = new int[columns];
    outputAt = new int[columns];
    skipAt = new int[columns];
    for (int j = 0; j + 1 < columns; j++) {
      int added = shape.units(j) - shape.firstUnit(j);
      firstAt[j + 1] = firstAt[j] + added * shape.inputs(j);
      secondAt[j + 1] = secondAt[j] + added * shape.units(j);
      outputAt[j + 1] = outputAt[j] + shape.outputs() * shape.units(j);
      skipAt[j + 1] = skipAt[j] + shape.outputs() * shape.inputs(j);
    }
  }

  /** The wiring. */
  public AutoregressiveShape shape() {
    return shape;
  }

  /** What runs the loops. */
  public Kernel kernel() {
    return kernel;
  }

  /** What a tile of rows needs while it goes through the network. Not thread-safe. */
  public static final class Activations {
    private final float[] inputs;
    private final float[] first;
    private final float[] second;
    private final float[] outputs;

    /** Room for a network of this shape. */
    public Activations(AutoregressiveShape shape) {
      inputs = new float[shape.inputs(shape.columns() - 1) * Kernel.ROWS];
      first = new float[shape.hidden() * Kernel.ROWS];
      second = new float[shape.hidden() * Kernel.ROWS];
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
    int units = shape.units(column);
    int added = units - from;
    int inputs = shape.inputs(column);
    kernel.fill(weights.firstBiases(), from, added, activations.first, from);
    kernel.multiply(
        weights.first(),
        firstAt[column],
        added,
        inputs,
        activations.inputs,
        activations.first,
        from,
        rows);
    kernel.rectify(activations.first, from, added, rows);
    kernel.fill(weights.secondBiases(), from, added, activations.second, from);
    kernel.multiply(
        weights.second(),
        secondAt[column],
        added,
        units,
        activations.first,
        activations.second,
        from,
        rows);
    kernel.rectify(activations.second, from, added, rows);
    int outputs = shape.outputs();
    kernel.fill(weights.outputBiases(), column * outputs, outputs, activations.outputs, 0);
    kernel.multiply(
        weights.output(),
        outputAt[column],
        outputs,
        units,
        activations.second,
        activations.outputs,
        0,
        rows);
    kernel.multiply(
        weights.skip(),
        skipAt[column],
        outputs,
        inputs,
        activations.inputs,
        activations.outputs,
        0,
        rows);
    kernel.mixtures(activations.outputs, shape.components(), rows);
  }
}
