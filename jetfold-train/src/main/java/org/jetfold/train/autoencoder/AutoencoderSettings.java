package org.jetfold.train.autoencoder;

import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jspecify.annotations.Nullable;

/**
 * How an autoencoder is made and trained.
 *
 * @param producer the program and version, which the model names
 * @param name what the model is called
 * @param hidden widths of the encoder's hidden layers
 * @param latents the number of latents
 * @param activation of hidden units
 * @param batchNorm whether activations, latents included, are normalized over each batch; latents
 *     go through the leaky rectifier before, and through no other activation
 * @param rates how fast it learns
 * @param epochs passes over the data, at most; null for as many as there is time for
 * @param seconds how long, at most; null for as long as the epochs take
 * @param decay decoupled weight decay
 * @param batch rows of a mini-batch
 * @param latentNoise half-width of the uniform noise on latents, in their standard deviations
 * @param jets consecutive jets of an event that go through together
 * @param seed of everything random
 * @param threads how many threads to train with
 */
public record AutoencoderSettings(
    String producer,
    String name,
    List<Integer> hidden,
    int latents,
    Activation activation,
    boolean batchNorm,
    LearningRates rates,
    @Nullable Integer epochs,
    @Nullable Double seconds,
    double decay,
    int batch,
    double latentNoise,
    int jets,
    long seed,
    int threads) {
  /**
   * Counts the ways in which trainings went that had the same settings: losses of two ways do not
   * compare, and none goes on from another's checkpoint.
   */
  public static final int METHOD = 3;

  /** Copies the list and checks the numbers. */
  public AutoencoderSettings {
    hidden = List.copyOf(hidden);
    if ((epochs == null && seconds == null)
        || (epochs != null && epochs < 1)
        || (seconds != null && !(seconds > 0))
        || batch < 2
        || !(decay >= 0)
        || !(latentNoise >= 0)
        || threads < 1) {
      throw new IllegalArgumentException("a training without time, epochs, rows or threads");
    }
  }
}
