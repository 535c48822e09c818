package org.jetfold.train.density;

import java.util.SplittableRandom;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;

/** The weights of a network before training: near to those that make it the static model. */
final class InitialWeights {
  /** Hidden units keep the variance of their inputs (He et al., 2015). */
  private static final double HIDDEN_GAIN = Math.sqrt(2);

  /** Outputs begin small, so that the first mixtures depend on the biases alone. */
  private static final double OUTPUT_GAIN = 0.14;

  private static final double SKIP_GAIN = 0.04;

  /** The outermost centres begin this far from 0, the others evenly between them. */
  private static final double SPREAD = 2.5;

  private static final float LOG_SCALE = -0.3f;

  private InitialWeights() {}

  /** All zero: every mixture is the logistic distribution, which is the static model. */
  static AutoregressiveWeights none(AutoregressiveShape shape) {
    int[] lengths = AutoregressiveWeights.lengths(shape);
    float[][] arrays = new float[lengths.length][];
    for (int a = 0; a < lengths.length; a++) {
      arrays[a] = new float[lengths[a]];
    }
    return AutoregressiveWeights.of(arrays);
  }

  static AutoregressiveWeights of(AutoregressiveShape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] arrays = none(shape).arrays();
    int[] at = new int[arrays.length];
    int components = shape.components();
    for (int column = 0; column < shape.columns(); column++) {
      for (int unit = shape.firstUnit(column); unit < shape.units(column); unit++) {
        fill(arrays[0], at, 0, shape.inputs(column), HIDDEN_GAIN, random);
        fill(arrays[2], at, 2, shape.units(column), HIDDEN_GAIN, random);
      }
      for (int output = 0; output < shape.outputs(); output++) {
        fill(arrays[4], at, 4, shape.units(column), OUTPUT_GAIN, random);
        fill(arrays[5], at, 5, shape.inputs(column), SKIP_GAIN, random);
        int component = output % components;
        arrays[6][column * shape.outputs() + output] =
            components == 1
                ? 0
                : switch (output / components) {
                  case 0 -> 0;
                  case 1 -> (float) (SPREAD * (2.0 * component / (components - 1) - 1));
                  default -> LOG_SCALE;
                };
      }
    }
    return AutoregressiveWeights.of(arrays);
  }

  private static void fill(
      float[] array, int[] at, int which, int fanIn, double gain, SplittableRandom random) {
    double deviation = gain / Math.sqrt(fanIn + 1);
    for (int i = 0; i < fanIn; i++) {
      array[at[which]++] = (float) (deviation * random.nextGaussian());
    }
  }
}
