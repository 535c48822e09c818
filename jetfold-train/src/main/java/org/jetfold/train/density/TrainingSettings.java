package org.jetfold.train.density;

import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.LearnedModel;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained. Immutable.
 *
 * @param producer the program and version, which the model names
 * @param seconds the longest duration by the clock; a training ends earlier where the validation
 *     loss falls no further
 * @param maxSteps the largest number of steps of the optimizer
 * @param seed of all random numbers
 * @param hidden units of each hidden layer; null to choose by the amount of data
 * @param components logistic distributions of each mixture; null to choose by the amount of data
 * @param rowsToCode the number of rows that will be stored together with the model, so that its own
 *     size counts; 0 for a shared model
 * @param threads how many threads to train with
 * @param start the model that the training starts with, whose size its network has; null to start
 *     with random weights
 */
public record TrainingSettings(
    String producer,
    double seconds,
    int maxSteps,
    long seed,
    @Nullable Integer hidden,
    @Nullable Integer components,
    long rowsToCode,
    int threads,
    @Nullable LearnedModel start) {
  /** The largest number of units of a hidden layer. */
  public static final int MAX_HIDDEN = 4096;

  /** Checks the numbers. */
  public TrainingSettings {
    if (!(seconds > 0) || maxSteps < 1 || rowsToCode < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "seconds, steps and threads must be positive, and rowsToCode at least 0, were %s, %d, %d and %d"
              .formatted(seconds, maxSteps, threads, rowsToCode));
    }
    if (hidden != null && (hidden < 0 || hidden > MAX_HIDDEN)) {
      throw new IllegalArgumentException(
          "hidden must be between 0 and %d, was %d".formatted(MAX_HIDDEN, hidden));
    }
  }

  /** For a shared model: seed 1, and the size of the network chosen by the amount of data. */
  public static TrainingSettings shared(String producer, double minutes, int threads) {
    return new TrainingSettings(
        producer, 60 * minutes, Integer.MAX_VALUE, 1, null, null, 0, threads, null);
  }

  /** The model that the training starts from; null for random weights. */
  @Nullable DensityModel startModel() {
    return start == null ? null : density(start);
  }

  static DensityModel density(LearnedModel model) {
    if (model instanceof DensityModel density) {
      return density;
    }
    throw new IllegalArgumentException("a training can only start from a density model");
  }

  /** Whether the model will be stored together with the rows. */
  boolean stored() {
    return rowsToCode > 0;
  }

  /** The same with another limit of steps. */
  public TrainingSettings withSteps(int steps) {
    return new TrainingSettings(
        producer, seconds, steps, seed, hidden, components, rowsToCode, threads, start);
  }

  /** The same with another longest duration. */
  TrainingSettings withSeconds(double duration) {
    return new TrainingSettings(
        producer, duration, maxSteps, seed, hidden, components, rowsToCode, threads, start);
  }

  /** The same with another seed. */
  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        producer, seconds, maxSteps, other, hidden, components, rowsToCode, threads, start);
  }

  /** The same with a network of this size; null to choose it by the amount of data. */
  public TrainingSettings withNetwork(@Nullable Integer units, @Nullable Integer mixture) {
    return new TrainingSettings(
        producer, seconds, maxSteps, seed, units, mixture, rowsToCode, threads, start);
  }

  /**
   * The same, starting with the weights of a density model. The sample must have its columns, in
   * its order.
   *
   * @throws IllegalArgumentException where it is a model of another kind
   */
  public TrainingSettings startingFrom(LearnedModel learned) {
    DensityModel model = density(learned);
    return new TrainingSettings(
        producer,
        seconds,
        maxSteps,
        seed,
        model.description().hidden(),
        model.description().components(),
        rowsToCode,
        threads,
        model);
  }

  /** The same for a model that is stored together with so many rows. */
  public TrainingSettings storedWith(long rows) {
    return new TrainingSettings(
        producer, seconds, maxSteps, seed, hidden, components, rows, threads, start);
  }
}
