package org.jetfold.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a training: mini-batches in random order, a validation now and then, and
 * checkpoints, until the training is done or the validation loss falls no further. Not thread-safe.
 */
public final class TrainingLoop {
  /** Before this share of the training, a higher validation loss means nothing. */
  private static final double PATIENCE_BEGINS = 0.5;

  /** A roll-back multiplies the learning rate by this. */
  private static final double RATE_AFTER_ROLL_BACK = 0.5;

  private static final double SECONDS_BETWEEN_CHECKPOINTS = 30;

  private final Objective objective;
  private final Settings settings;
  private final Trainable network;
  private final AdamW optimizer;
  private final long started = System.nanoTime();

  private float[][] best;
  private double bestLoss;
  private int worse;
  private double rateScale = 1;
  private double secondsBefore;

  /** What is trained, and on which schedule. */
  public interface Objective {
    /** The share of the training that is done, from 0 to 1. */
    double progress(double seconds, int steps);

    /** The learning rate at that share. */
    float rate(double progress);

    /**
     * The loss of a mini-batch, and its gradients.
     *
     * @param gradients receives one for each array of the network; {@code scope} owns them
     * @param step the number of the step, from 0
     * @param progress the share of the training that is done before it
     */
    double trainingLoss(
        int[] rows, NDManager scope, NDArray[] gradients, int step, double progress);

    /** The loss of the validation set. */
    double validationLoss();

    /** Whether a loss, of a mini-batch or of the validation set, ends the training as failed. */
    default boolean hasDiverged(double loss) {
      return false;
    }

    /**
     * Whether a validation loss is so much above the best one that the training should go on from
     * the best weights, with a lower learning rate.
     */
    default boolean shouldRollBack(double progress, double loss, double best) {
      return false;
    }

    /** Called after each validation. */
    default void validated(double progress, double loss) {}

    /** Called after each step. */
    default void stepped(double progress) {}

    /** All arrays that define the network. */
    float[][] state();

    /** Gives the network an earlier state. */
    void set(float[][] state);
  }

  /**
   * What stays the same during a training.
   *
   * @param rows size of the training set
   * @param batch rows of a mini-batch, at most {@code rows}
   * @param validations how many, over the whole training
   * @param patience the training ends after so many validations in a row above the best loss
   * @param decay weight decay
   * @param beta2 of {@link AdamW}
   * @param seed of the order of rows
   * @param checkpoint the file for checkpoints; null for none
   * @param data a hash of the data
   * @param fixed what else a checkpoint must have in common, a line "name value" each
   */
  public record Settings(
      int rows,
      int batch,
      int validations,
      int patience,
      float decay,
      float beta2,
      long seed,
      @Nullable Path checkpoint,
      long data,
      String fixed) {}

  /**
   * A training before its first step.
   *
   * @param best a state of the network whose validation loss is {@code bestLoss}
   */
  public TrainingLoop(
      Trainable network, Objective objective, Settings settings, float[][] best, double bestLoss) {
    this.network = network;
    this.objective = objective;
    this.settings = settings;
    this.best = best;
    this.bestLoss = bestLoss;
    optimizer = new AdamW(network, settings.decay(), settings.beta2());
  }

  /** Steps so far. */
  public int steps() {
    return optimizer.steps();
  }

  /** Epochs so far. */
  public double epochs() {
    return (double) steps() / epochSteps();
  }

  /** Seconds so far, including those before a checkpoint. */
  public double seconds() {
    return secondsBefore + (System.nanoTime() - started) / 1e9;
  }

  /** The share of the training that is done, from 0 to 1. */
  public double progress() {
    return objective.progress(seconds(), steps());
  }

  /** The state with the lowest validation loss. */
  public float[][] best() {
    return best;
  }

  /** The lowest validation loss. */
  public double bestLoss() {
    return bestLoss;
  }

  private int epochSteps() {
    return Math.max(1, settings.rows() / settings.batch());
  }

  /**
   * Trains to the end.
   *
   * @return false where the training has diverged
   * @throws TrainingInterruptedException where the thread was interrupted; the checkpoint is
   *     written
   */
  public boolean run() throws IOException {
    double progress = progress();
    // A training that resumes with less time than before may have no validation yet.
    if (progress >= 1 && !validate(progress)) {
      return false;
    }
    double validatedAt = progress;
    double savedAt = seconds();
    int[] order = new int[0];
    int epoch = -1;
    NDArray[] gradients = new NDArray[network.parameters().length];
    while (progress < 1 && worse < settings.patience()) {
      int step = steps();
      if (step / epochSteps() != epoch) {
        epoch = step / epochSteps();
        order = permutation(epoch);
      }
      int at = step % epochSteps() * settings.batch();
      try (NDManager scope = network.manager().newSubManager()) {
        int[] rows = Arrays.copyOfRange(order, at, at + settings.batch());
        double loss = objective.trainingLoss(rows, scope, gradients, step, progress);
        if (objective.hasDiverged(loss)) {
          return false;
        }
        float rate = (float) (rateScale * objective.rate(progress));
        optimizer.step(gradients, rate, Double.isFinite(loss));
      }
      progress = progress();
      if (progress - validatedAt >= 1.0 / settings.validations() || progress >= 1) {
        validatedAt = progress;
        if (!validate(progress)) {
          return false;
        }
      }
      objective.stepped(progress);
      if (Thread.currentThread().isInterrupted()
          || seconds() - savedAt > SECONDS_BETWEEN_CHECKPOINTS) {
        save();
        savedAt = seconds();
      }
    }
    return true;
  }

  private boolean validate(double progress) {
    double loss = objective.validationLoss();
    objective.validated(progress, loss);
    if (loss < bestLoss) {
      bestLoss = loss;
      best = objective.state();
      worse = 0;
    } else if (progress > PATIENCE_BEGINS) {
      if (objective.shouldRollBack(progress, loss, bestLoss)) {
        objective.set(best);
        rateScale *= RATE_AFTER_ROLL_BACK;
      } else {
        worse++;
      }
    }
    return !objective.hasDiverged(loss);
  }

  private int[] permutation(int epoch) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + epoch);
    int[] permutation = new int[settings.rows()];
    for (int i = 0; i < permutation.length; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }

  /**
   * Writes the checkpoint, if there is to be one.
   *
   * @throws TrainingInterruptedException where the thread was interrupted, after the write
   */
  public void save() throws IOException {
    // Reading the flag clears it: a file could not be written while it is set.
    boolean interrupted = Thread.interrupted();
    Path file = settings.checkpoint();
    if (file != null) {
      write(file);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new TrainingInterruptedException();
    }
  }

  private void write(Path file) throws IOException {
    new Checkpoint(
            settings.data(),
            settings.fixed(),
            steps(),
            seconds(),
            bestLoss,
            worse,
            rateScale,
            objective.state(),
            optimizer.means(),
            optimizer.squares(),
            best)
        .write(file);
  }

  /**
   * Continues from the checkpoint.
   *
   * @return whether there was one
   * @throws UntrainableTableException where it is of another training
   * @throws org.jetfold.train.CheckpointException where it is not a checkpoint, or is damaged
   */
  public boolean restore() throws IOException {
    Path file = settings.checkpoint();
    if (file == null || !Files.exists(file)) {
      return false;
    }
    Checkpoint saved = Checkpoint.read(file);
    saved.requireFits(file, settings.data(), settings.fixed());
    saved.requireShapes(file, objective.state(), optimizer.means());
    objective.set(saved.weights());
    optimizer.restore(saved.steps(), saved.means(), saved.squares());
    best = saved.best();
    bestLoss = saved.bestLoss();
    worse = saved.worse();
    rateScale = saved.rateScale();
    secondsBefore = saved.seconds();
    return true;
  }

  /**
   * Deletes the checkpoint at the end.
   *
   * @throws TrainingInterruptedException where the thread was interrupted, so that the result of
   *     the training will not be kept; the checkpoint stays
   */
  public void deleteCheckpoint() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
    Path file = settings.checkpoint();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
