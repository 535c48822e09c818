package org.jetfold.train.descent;

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
 * The steps of a training: mini-batches in random order, judged by held-out rows now and then, with
 * checkpoints, until it is done or gains nothing more. Not thread-safe.
 */
public final class TrainingLoop {
  /** Before this share of the training is done, being worse says nothing. */
  private static final double FIRST_WORRY = 0.5;

  /** The rate becomes this share of itself where a training turns back. */
  private static final double AFTER_TURNING_BACK = 0.5;

  private static final double SECONDS_BETWEEN_CHECKPOINTS = 30;

  private final Course course;
  private final Plan plan;
  private final Trainable network;
  private final AdamW optimizer;
  private final long started = System.nanoTime();

  private float[][] best;
  private double bestLoss;
  private int worse;
  private double caution = 1;
  private double secondsBefore;

  /** What is trained, and how it goes on. */
  public interface Course {
    /** The share that is done. */
    double progress(double seconds, int steps);

    /** The learning rate where that share is done. */
    float rate(double progress);

    /**
     * The loss of a mini-batch.
     *
     * @param gradients receives one for each array of the network; {@code scope} owns them
     * @param step the number of the step, from 0
     * @param progress the share that is done before it
     */
    double learn(int[] rows, NDManager scope, NDArray[] gradients, int step, double progress);

    /** Whether a mini-batch's or the held-out rows' loss says that it is no use to go on. */
    boolean isAstray(double loss);

    /** The loss of the held-out rows. */
    double judge();

    /**
     * Whether a held-out loss is so much worse than the best that to go on from there, with smaller
     * steps, is better.
     */
    boolean turnsBack(double progress, double loss, double best);

    /** Hears of a judgement. */
    void judged(double progress, double loss);

    /** Hears of each step. */
    void stepped(double progress);

    /** All that the network is. */
    float[][] state();

    /** Makes the network what it was. */
    void set(float[][] state);
  }

  /**
   * What does not change.
   *
   * @param rows to learn from
   * @param batch rows of a mini-batch, not above {@code rows}
   * @param judgements how many, over the whole training
   * @param patience the training ends when so many in a row were worse than the best
   * @param decay weight decay
   * @param beta2 of {@link AdamW}
   * @param seed of the order of rows
   * @param checkpoint where the state is kept; null for nowhere
   * @param data a number that tells data apart
   * @param settings what else a checkpoint must have in common, as text
   */
  public record Plan(
      int rows,
      int batch,
      int judgements,
      int patience,
      float decay,
      float beta2,
      long seed,
      @Nullable Path checkpoint,
      long data,
      String settings) {}

  /**
   * Before the first step.
   *
   * @param best a state of the network that is as good as {@code bestLoss}
   */
  public TrainingLoop(
      Trainable network, Course course, Plan plan, float[][] best, double bestLoss) {
    this.network = network;
    this.course = course;
    this.plan = plan;
    this.best = best;
    this.bestLoss = bestLoss;
    optimizer = new AdamW(network, plan.decay(), plan.beta2());
  }

  /** Steps done so far. */
  public int steps() {
    return optimizer.steps();
  }

  /** Passes over the data so far. */
  public double epochs() {
    return (double) steps() / epochSteps();
  }

  /** Time spent, that before a checkpoint included. */
  public double seconds() {
    return secondsBefore + (System.nanoTime() - started) / 1e9;
  }

  /** The share that is done. */
  public double progress() {
    return course.progress(seconds(), steps());
  }

  /** The state that did best with the held-out rows. */
  public float[][] best() {
    return best;
  }

  /** Its loss. */
  public double bestLoss() {
    return bestLoss;
  }

  private int epochSteps() {
    return Math.max(1, plan.rows() / plan.batch());
  }

  /**
   * Goes on to the end.
   *
   * @return whether the training went well; false where it went astray
   * @throws TrainingInterruptedException where the thread was interrupted; the checkpoint is
   *     written
   */
  public boolean run() throws TrainingInterruptedException, IOException {
    double progress = progress();
    // A training that goes on with less time than it had may never have been judged.
    if (progress >= 1 && !judge(progress)) {
      return false;
    }
    double judgedAt = progress;
    double savedAt = seconds();
    int[] order = new int[0];
    int epoch = -1;
    NDArray[] gradients = new NDArray[network.parameters().length];
    while (progress < 1 && worse < plan.patience()) {
      int step = steps();
      if (step / epochSteps() != epoch) {
        epoch = step / epochSteps();
        order = permutation(epoch);
      }
      int at = step % epochSteps() * plan.batch();
      try (NDManager scope = network.manager().newSubManager()) {
        int[] rows = Arrays.copyOfRange(order, at, at + plan.batch());
        double loss = course.learn(rows, scope, gradients, step, progress);
        if (course.isAstray(loss)) {
          return false;
        }
        float rate = (float) (caution * course.rate(progress));
        optimizer.step(gradients, rate, Double.isFinite(loss));
      }
      progress = progress();
      if (progress - judgedAt >= 1.0 / plan.judgements() || progress >= 1) {
        judgedAt = progress;
        if (!judge(progress)) {
          return false;
        }
      }
      course.stepped(progress);
      if (Thread.currentThread().isInterrupted()
          || seconds() - savedAt > SECONDS_BETWEEN_CHECKPOINTS) {
        save();
        savedAt = seconds();
      }
    }
    return true;
  }

  private boolean judge(double progress) {
    double loss = course.judge();
    course.judged(progress, loss);
    if (loss < bestLoss) {
      bestLoss = loss;
      best = course.state();
      worse = 0;
    } else if (progress > FIRST_WORRY) {
      if (course.turnsBack(progress, loss, bestLoss)) {
        course.set(best);
        caution *= AFTER_TURNING_BACK;
      } else {
        worse++;
      }
    }
    return !course.isAstray(loss);
  }

  private int[] permutation(int epoch) {
    SplittableRandom random = new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + epoch);
    int[] permutation = new int[plan.rows()];
    for (int i = 0; i < permutation.length; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }

  /**
   * Writes the checkpoint, where one is wanted.
   *
   * @throws TrainingInterruptedException where the thread was interrupted, once that is done
   */
  public void save() throws TrainingInterruptedException, IOException {
    // Reading the flag clears it: a file could not be written while it is set.
    boolean interrupted = Thread.interrupted();
    Path file = plan.checkpoint();
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
            plan.data(),
            plan.settings(),
            steps(),
            seconds(),
            bestLoss,
            worse,
            caution,
            course.state(),
            optimizer.means(),
            optimizer.squares(),
            best)
        .write(file);
  }

  /**
   * Goes on from the checkpoint.
   *
   * @return whether there was one
   * @throws UntrainableTableException where it is of another training, or damaged
   */
  public boolean restore() throws IOException, UntrainableTableException {
    Path file = plan.checkpoint();
    if (file == null || !Files.exists(file)) {
      return false;
    }
    Checkpoint saved = Checkpoint.read(file);
    saved.requireFits(file, plan.data(), plan.settings());
    course.set(saved.weights());
    optimizer.restore(saved.steps(), saved.means(), saved.squares());
    best = saved.best();
    bestLoss = saved.bestLoss();
    worse = saved.worse();
    caution = saved.caution();
    secondsBefore = saved.seconds();
    return true;
  }

  /**
   * Takes the checkpoint away, when all is done.
   *
   * @throws TrainingInterruptedException where the thread was interrupted, so that what was made of
   *     the training will not be kept; the checkpoint stays
   */
  public void forget() throws TrainingInterruptedException, IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
    Path file = plan.checkpoint();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
