package org.jetfold.train.autoencoder;

import org.jetfold.codec.autoencoder.DenseLayer;

/** A layer as the finished network has it: what comes before it, a linear map, is folded in. */
final class FoldedLayer {
  private FoldedLayer() {}

  /**
   * A layer with the map of its inputs.
   *
   * @param matrix inputs × outputs
   * @param biases one for each output
   * @param factors of the first inputs; the others come as they are
   * @param shifts what is added to the first inputs after that
   */
  static DenseLayer of(float[] matrix, float[] biases, double[] factors, double[] shifts) {
    int out = biases.length;
    int in = matrix.length / out;
    float[] transposed = new float[matrix.length];
    double[] sums = new double[out];
    for (int i = 0; i < in; i++) {
      double factor = i < factors.length ? factors[i] : 1;
      double shift = i < shifts.length ? shifts[i] : 0;
      for (int o = 0; o < out; o++) {
        transposed[o * in + i] = (float) (matrix[i * out + o] * factor);
        sums[o] += matrix[i * out + o] * shift;
      }
    }
    float[] folded = new float[out];
    for (int o = 0; o < out; o++) {
      folded[o] = biases[o] + (float) sums[o];
    }
    return new DenseLayer(transposed, folded);
  }
}
