package org.jetfold.train.density;

import org.jspecify.annotations.Nullable;

/**
 * How a model is trained.
 *
 * @param producer the program and version, which the model names
 * @param seconds how long to train, by the clock; ends earlier where nothing is gained any more
 * @param mostSteps most steps of the optimizer; the same number gives the same model on one thread
 * @param seed of everything random
 * @param hidden units of each hidden layer; null to choose by the amount of data
 * @param components distributions a mixture; null to choose by the amount of data
 * @param rowsToCode the number of rows that will be stored together with the model, which makes the
 *     model's own size count; 0 for a model that is shared
 * @param threads how many threads to train with
 */
public record TrainingSettings(
    String producer,
    double seconds,
    int mostSteps,
    long seed,
    @Nullable Integer hidden,
    @Nullable Integer components,
    long rowsToCode,
    int threads) {
  /** Most hidden units that may be asked for. */
  public static final int MOST_HIDDEN = 4096;

  /** Checks the numbers. */
  public TrainingSettings {
    if (!(seconds > 0) || mostSteps < 1 || rowsToCode < 0 || threads < 1) {
      throw new IllegalArgumentException("no time, no steps or no threads to train with");
    }
    if (hidden != null && (hidden < 0 || hidden > MOST_HIDDEN)) {
      throw new IllegalArgumentException(
          "%d hidden units: 0 to %d are possible".formatted(hidden, MOST_HIDDEN));
    }
  }

  /** Settings of a shared model, everything else left to choose. */
  public static TrainingSettings shared(String producer, double minutes, int threads) {
    return new TrainingSettings(
        producer, 60 * minutes, Integer.MAX_VALUE, 1, null, null, 0, threads);
  }

  /** Whether the model's weights will be stored with the values. */
  boolean stored() {
    return rowsToCode > 0;
  }

  /** The same with another limit of steps. */
  public TrainingSettings withSteps(int steps) {
    return new TrainingSettings(
        producer, seconds, steps, seed, hidden, components, rowsToCode, threads);
  }

  /** The same with another seed. */
  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        producer, seconds, mostSteps, other, hidden, components, rowsToCode, threads);
  }

  /** The same with a network of a given size; null to choose. */
  public TrainingSettings withNetwork(@Nullable Integer units, @Nullable Integer mixture) {
    return new TrainingSettings(
        producer, seconds, mostSteps, seed, units, mixture, rowsToCode, threads);
  }

  /** The same for a model that is stored together with so many rows. */
  public TrainingSettings storedWith(long rows) {
    return new TrainingSettings(
        producer, seconds, mostSteps, seed, hidden, components, rows, threads);
  }
}
