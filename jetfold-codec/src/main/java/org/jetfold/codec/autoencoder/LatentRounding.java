package org.jetfold.codec.autoencoder;

/** What a file does to latents. */
@FunctionalInterface
public interface LatentRounding {
  /** Nothing. */
  LatentRounding NONE = (values, count) -> {};

  /** Rounds the first {@code count} values of a latent, in place. */
  void round(float[] values, int count);
}
