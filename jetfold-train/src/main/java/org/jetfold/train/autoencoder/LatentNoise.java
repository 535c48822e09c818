package org.jetfold.train.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the rounding of latents does to them in a pass through a network. Not thread-safe. */
final class LatentNoise {
  private final float share;
  private final @Nullable SplittableRandom random;
  private final NDManager scope;

  /** The latents of all rows so far, for their deviations; null before the first. */
  private @Nullable NDArray seen;

  /**
   * The noise of a pass.
   *
   * @param share the most of it, in deviations of a latent; 0 for none
   * @param random null for a network that is not trained: without noise
   */
  LatentNoise(float share, @Nullable SplittableRandom random, NDManager scope) {
    this.share = share;
    this.random = random;
    this.scope = scope;
  }

  /** Rounded to whole steps, or in the training with noise like the error of that. */
  NDArray rounded(NDArray latents, NDArray steps) {
    if (random == null) {
      return latents.div(steps).round().mul(steps);
    }
    float[] noise = new float[(int) latents.size()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (random.nextDouble() - 0.5);
    }
    return latents.add(scope.create(noise, latents.getShape()).mul(steps));
  }

  /** With noise in the training, scaled by the deviations of the rows of the pass so far. */
  NDArray noisy(NDArray latents) {
    if (random == null || share == 0) {
      return latents;
    }
    NDArray all = seen == null ? latents : seen.concat(latents, 0);
    seen = all;
    NDArray mean = all.mean(new int[] {0}, true);
    NDArray deviation = all.sub(mean).square().mean(new int[] {0}, true).sqrt().stopGradient();
    float[] noise = new float[(int) latents.size()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = share * (float) (2 * random.nextDouble() - 1);
    }
    return latents.add(scope.create(noise, latents.getShape()).mul(deviation));
  }
}
