package org.jetfold.codec.network;

/**
 * The weights of a masked autoregressive network, only those that its shape allows.
 *
 * <p>Within each array: step after step, within a step output after output, within an output input
 * after input (its {@link AutoregressiveShape#inputs prefix}). Not to be changed.
 *
 * @param first first hidden layer
 * @param firstBiases a bias per unit
 * @param second second hidden layer
 * @param secondBiases a bias per unit
 * @param output from the second hidden layer to the outputs
 * @param skip from the inputs to the outputs
 * @param outputBiases a bias per output, step after step
 */
public record AutoregressiveWeights(
    float[] first,
    float[] firstBiases,
    float[] second,
    float[] secondBiases,
    float[] output,
    float[] skip,
    float[] outputBiases) {
  /** The number of arrays. */
  public static final int ARRAYS = 7;

  /** The arrays in the order of the record's components. */
  public float[][] arrays() {
    return new float[][] {first, firstBiases, second, secondBiases, output, skip, outputBiases};
  }

  /** Weights from their arrays, in the same order. */
  public static AutoregressiveWeights of(float[][] arrays) {
    return new AutoregressiveWeights(
        arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], arrays[6]);
  }

  /**
   * How long each array is for a shape.
   *
   * @throws IllegalArgumentException where the shape has more weights than a network may have
   */
  public static int[] lengths(AutoregressiveShape shape) {
    int weights = shape.weights();
    int[] lengths = {
      shape.firstLayerWeights(),
      shape.hidden(),
      shape.secondLayerWeights(),
      shape.hidden(),
      shape.outputWeights(),
      shape.skipWeights(),
      shape.outputs() * shape.columns()
    };
    if (lengths[0] + lengths[2] + lengths[4] + lengths[5] != weights) {
      throw new IllegalStateException("the layers' weights are not those of the network");
    }
    return lengths;
  }
}
