package org.jetfold.train.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * The bits that rounded latents take, as a term of the loss (docs/autoencoder.md): the step of each
 * latent, and a small prior that is trained with the network. A latent is distributed as a mixture
 * of logistic distributions, shifted by a linear function of the latents before it.
 */
final class LatentRate {
  /** The number of arrays. */
  static final int ARRAYS = 5;

  private static final int COMPONENTS = 3;

  /** A first step, in units in which latents have deviations of about 1. */
  private static final double FIRST_STEP = 0.1;

  private static final float FIRST_LOG_SCALE = -0.7f;

  /** What any cell has at least, so that no latent costs more than 30 bits. */
  private static final float LEAST_SHARE = 1e-9f;

  private static final float MAX_LOG_SCALE = 6;

  private final float weight;
  private final int latents;
  private final int first;
  private final NDArray before;

  /**
   * A term of the loss.
   *
   * @param weight what a bit of a row counts beside the mean squared error
   * @param first the number of the first of its arrays among the network's
   */
  LatentRate(double weight, int latents, int first, NDManager manager) {
    this.weight = (float) weight;
    this.latents = latents;
    this.first = first;
    float[] mask = new float[latents * latents];
    for (int i = 0; i < latents; i++) {
      for (int j = i + 1; j < latents; j++) {
        mask[i * latents + j] = 1;
      }
    }
    before = manager.create(mask, new Shape(latents, latents));
  }

  /**
   * The first values of its arrays: logarithms of steps, what latents tell of those behind them,
   * and the weights, centres and logarithms of the scales of the mixtures.
   */
  NDArray[] initial(NDManager manager) {
    Shape mixture = new Shape(1, COMPONENTS, latents);
    float[] centres = new float[COMPONENTS * latents];
    for (int i = 0; i < centres.length; i++) {
      int component = i / latents;
      centres[i] = component - (COMPONENTS - 1) / 2f;
    }
    return new NDArray[] {
      manager.full(new Shape(1, latents), (float) Math.log(FIRST_STEP), DataType.FLOAT32),
      manager.zeros(new Shape(latents, latents), DataType.FLOAT32),
      manager.zeros(mixture, DataType.FLOAT32),
      manager.create(centres, mixture),
      manager.full(mixture, FIRST_LOG_SCALE, DataType.FLOAT32)
    };
  }

  /** The step of each latent. */
  NDArray steps(NDArray[] w) {
    return w[first].exp();
  }

  /**
   * Rows × 1: what the bits of rows add to the loss.
   *
   * @param z rows × latents, rounded or with the noise of rounding
   */
  NDArray loss(NDArray z, NDArray[] w) {
    NDArray shift = z.matMul(w[first + 1].mul(before));
    NDArray u = z.sub(shift).reshape(-1, 1, latents).sub(w[first + 3]);
    NDArray steepness = w[first + 4].clip(-MAX_LOG_SCALE, MAX_LOG_SCALE).neg().exp();
    NDArray half = steps(w).div(2).reshape(1, 1, latents);
    NDList ends = new NDList(u.sub(half).mul(steepness), u.add(half).mul(steepness));
    // σ(b) − σ(a) loses all digits where both are near 1: there, σ(−a) − σ(−b) is taken.
    NDArray side =
        ends.get(0)
            .add(ends.get(1))
            .gt(0)
            .toType(DataType.FLOAT32, false)
            .mul(-2)
            .add(1)
            .stopGradient();
    NDArray share =
        Activation.sigmoid(ends.get(1).mul(side))
            .sub(Activation.sigmoid(ends.get(0).mul(side)))
            .mul(side);
    return share
        .mul(w[first + 2].softmax(1))
        .sum(new int[] {1})
        .add(LEAST_SHARE)
        .log()
        .sum(new int[] {1}, true)
        .mul(-weight / Math.log(2));
  }
}
