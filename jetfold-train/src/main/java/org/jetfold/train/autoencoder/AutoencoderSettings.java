package org.jetfold.train.autoencoder;

import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.precision.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The network of an autoencoder, and how it is trained. Immutable.
 *
 * @param producer the program and version, which the model names
 * @param name of the model
 * @param hidden widths of the encoder's hidden layers
 * @param latents the number of latents
 * @param activation of hidden units
 * @param batchNorm whether activations, including those of the latents, are normalized over each
 *     batch; the leaky rectifier is then applied to the latents, too, other activations are not
 * @param rates the learning rates
 * @param epochs the largest number of epochs; null for no limit
 * @param seconds the longest duration by the clock; null for no limit
 * @param decay decoupled weight decay
 * @param beta2 how long the optimizer remembers the squares of gradients: AdamW's β₂
 * @param batch rows of a mini-batch
 * @param latentNoise half-width of the uniform noise on latents, in their standard deviations
 * @param rate what a bit of the rounded latents of a row counts beside the mean squared error: then
 *     their steps are learned, too, and latents are in units of these; 0 where only errors count
 * @param rounding what latents will lose, with which errors are measured; null for nothing
 * @param jets how many consecutive jets of an event are an input together
 * @param memory how many numbers the networks are told of the earlier rows of an event, by gated
 *     recurrent units; 0 for none
 * @param seed of all random numbers
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
    double beta2,
    int batch,
    double latentNoise,
    double rate,
    @Nullable Precision rounding,
    int jets,
    int memory,
    long seed,
    int threads) {
  /**
   * The version of the training method. Losses of two versions with the same settings cannot be
   * compared, and no version continues from the checkpoint of another.
   */
  public static final int METHOD = 4;

  /** Rounds latents that are in units of their steps to whole numbers. */
  public static final Precision STEPS = new Precision.Absolute(0.5);

  /**
   * The usual β₂. Gradients shrink by orders of magnitude while the error falls, and a longer
   * memory makes steps too small (docs/autoencoder.md).
   */
  public static final double BETA2 = 0.96;

  /** Copies the list and checks the numbers. */
  public AutoencoderSettings {
    hidden = List.copyOf(hidden);
    if ((epochs == null && seconds == null)
        || (epochs != null && epochs < 1)
        || (seconds != null && !(seconds > 0))
        || batch < 2
        || !(decay >= 0)
        || !(latentNoise >= 0)
        || !(rate >= 0)
        || (rate > 0 && (latentNoise > 0 || !STEPS.equals(rounding)))
        || memory < 0
        || (memory > 0 && batchNorm)
        || !(beta2 >= 0 && beta2 < 1)
        || threads < 1) {
      throw new IllegalArgumentException(
          "a training needs a positive limit of epochs or seconds, a batch of at least 2 rows,"
              + " decay, noise and rate of at least 0, a beta2 from 0 to below 1, and a thread;"
              + " a memory has no batch normalization;"
              + " with a rate no noise, and latents rounded to whole numbers");
    }
  }
}
