package org.jetfold.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jspecify.annotations.Nullable;

/** One training. Not thread-safe. */
final class Trainer implements AutoCloseable {
  private static final int LARGEST_BATCH = 512;
  private static final int SMALLEST_BATCH = 32;

  /** A small table is not gone through more often than this … */
  private static final int MOST_EPOCHS = 400;

  /** … unless that would be fewer steps than this. */
  private static final int FEWEST_STEPS = 1500;

  private static final float WEIGHT_DECAY = 1e-2f;

  /** Held-out events are asked so many times during a training. */
  private static final int JUDGEMENTS = 40;

  /** Training ends when so many judgements in a row were worse than the best. */
  private static final int PATIENCE = 10;

  /** Before this share of the training is done, being worse says nothing. */
  private static final double FIRST_WORRY = 0.5;

  private static final int MOST_JUDGED_ROWS = 8192;
  private static final int MOST_ROUNDED_ROWS = 4096;
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 30;

  private final TrainingSettings settings;
  private final @Nullable Path checkpoint;
  private final TrainingMonitor monitor;
  private final EventSplit split;
  private final ModelDescription description;
  private final List<Alphabet> alphabets;
  private final RowTensors training;
  private final RowTensors heldOut;
  private final int[] judged;
  private final double judgedRawBits;
  private final TorchNetwork network;
  private final AdamW optimizer;
  private final int batch;
  private final Schedule schedule;
  private final String fixed;
  private final long fingerprint;

  private AutoregressiveWeights best;
  private double bestBits;
  private int worse;
  private double secondsBefore;
  private final long started;

  Trainer(
      TrainingSample sample,
      TrainingSettings settings,
      @Nullable Path checkpoint,
      TrainingMonitor monitor)
      throws UntrainableTableException {
    started = System.nanoTime();
    this.settings = settings;
    this.checkpoint = checkpoint;
    this.monitor = monitor;
    TrainingData data = sample.data();
    NetworkSize size = chosenSize(data);
    Described described = describe(data, size);
    description = described.description();
    split = EventSplit.of(described.data());
    fingerprint = described.data().fingerprint();
    AutoregressiveShape shape = description.shape();
    alphabets = description.columns().stream().map(c -> new Alphabet(c.distribution())).toList();
    training = new RowTensors(shape, alphabets, split.training());
    heldOut = new RowTensors(shape, alphabets, split.heldOut());
    judged = spread(heldOut.rows(), MOST_JUDGED_ROWS);
    judgedRawBits = heldOut.rawBits(judged);
    batch = batchSize(training.rows());
    long epochSteps = Math.max(1, training.rows() / batch);
    schedule =
        new Schedule(
            settings.seconds(),
            (int) Math.min(settings.mostSteps(), Math.max(FEWEST_STEPS, MOST_EPOCHS * epochSteps)));
    best = InitialWeights.none(shape);
    network =
        new TorchNetwork(
            shape,
            alphabets.stream().mapToInt(Alphabet::cells).toArray(),
            best,
            settings.threads());
    // What is learned must beat what needs no learning.
    bestBits = network.bits(heldOut, judged);
    network.set(InitialWeights.of(shape, settings.seed()));
    optimizer = new AdamW(network, WEIGHT_DECAY);
    fixed =
        "%d hidden units, %d components, seed %d, %s"
            .formatted(
                description.hidden(),
                description.components(),
                settings.seed(),
                String.join(
                    " ",
                    description.columns().stream()
                        .map(column -> column.name() + "=" + column.precision())
                        .toList()));
  }

  private NetworkSize chosenSize(TrainingData data) {
    NetworkSize size = NetworkSize.of(data, settings.stored());
    Integer hidden = settings.hidden();
    Integer components = settings.components();
    return new NetworkSize(
        hidden == null ? size.hidden() : hidden,
        components == null ? size.components() : components);
  }

  private record Described(ModelDescription description, TrainingData data) {}

  /**
   * Describes the columns by the events that are learned from, or by all where all will be stored.
   * Columns of too many kinds of symbols are left out.
   */
  private Described describe(TrainingData data, NetworkSize size) throws UntrainableTableException {
    TrainingData kept = data;
    while (true) {
      TrainingData seen = settings.stored() ? kept : EventSplit.of(kept).training();
      ModelDescription found =
          ModelDescription.of(
              settings.producer(),
              kept.hasEvents(),
              seen.samples(),
              size.hidden(),
              size.components());
      List<Integer> dropped = new ArrayList<>();
      for (int column = 0; column < found.columns().size(); column++) {
        ModelColumn next = found.columns().get(column);
        if (next.distribution().leaves() > Alphabet.MOST_CELLS) {
          dropped.add(column);
        }
      }
      if (dropped.isEmpty()) {
        return new Described(found, kept);
      }
      kept = kept.without(dropped);
      if (kept.columns().isEmpty()) {
        throw new UntrainableTableException(
            "has only columns of too many different values: train for a coarser --precision");
      }
    }
  }

  private static int batchSize(int rows) {
    int size = SMALLEST_BATCH;
    while (size < LARGEST_BATCH && size * 64L <= rows) {
      size *= 2;
    }
    return Math.min(size, rows);
  }

  /** Up to so many rows, evenly spread. */
  private static int[] spread(int rows, int most) {
    int[] chosen = new int[Math.min(rows, most)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) ((long) i * rows / chosen.length);
    }
    return chosen;
  }

  TrainedModel train(boolean resume)
      throws UntrainableTableException, TrainingInterruptedException, IOException {
    boolean resumed = resume && checkpoint != null && restore(checkpoint);
    double progress = schedule.progress(elapsed(), optimizer.steps());
    monitor.begins(
        new TrainingMonitor.Plan(
            description.columns().size(),
            training.rows(),
            heldOut.rows(),
            description.hidden(),
            description.components(),
            NetworkSize.weights(description.shape()),
            heldOut.staticBits(judged),
            resumed ? progress : 0));
    run(progress);
    double seconds = elapsed();
    network.set(best);
    DensityModel model = DensityModel.of(description, rounded());
    TrainedModel trained = judge(model, seconds);
    if (checkpoint != null) {
      Files.deleteIfExists(checkpoint);
    }
    return trained;
  }

  private void run(double from) throws TrainingInterruptedException, IOException {
    double progress = from;
    double judgedAt = progress;
    double savedAt = elapsed();
    int[] permutation = new int[0];
    int epochSteps = Math.max(1, training.rows() / batch);
    int epoch = -1;
    NDArray[] gradients = new NDArray[network.parameters().length];
    while (progress < 1 && worse < PATIENCE) {
      int step = optimizer.steps();
      if (step / epochSteps != epoch) {
        epoch = step / epochSteps;
        permutation = permutation(training.rows(), epoch);
      }
      int at = step % epochSteps * batch;
      try (NDManager scope = network.manager().newSubManager()) {
        int[] rows = Arrays.copyOfRange(permutation, at, at + batch);
        double loss = network.learn(training, rows, scope, gradients);
        optimizer.step(gradients, Schedule.rate(progress), Double.isFinite(loss));
      }
      progress = schedule.progress(elapsed(), optimizer.steps());
      if (progress - judgedAt >= 1.0 / JUDGEMENTS || progress >= 1) {
        judgedAt = progress;
        judgeProgress(progress);
      }
      monitor.progress(progress, bestBits + judgedRawBits, secondsLeft(progress));
      // Reading the flag clears it: a file could not be written while it is set.
      if (Thread.interrupted()) {
        save();
        Thread.currentThread().interrupt();
        throw new TrainingInterruptedException();
      }
      if (elapsed() - savedAt > SECONDS_BETWEEN_CHECKPOINTS) {
        save();
        savedAt = elapsed();
      }
    }
  }

  private void judgeProgress(double progress) {
    double bits = network.bits(heldOut, judged);
    if (bits < bestBits) {
      bestBits = bits;
      best = network.weights();
      worse = 0;
    } else if (progress > FIRST_WORRY) {
      worse++;
    }
  }

  private double secondsLeft(double progress) {
    return progress <= 0
        ? settings.seconds()
        : Math.min(settings.seconds() - elapsed(), elapsed() / progress * (1 - progress));
  }

  private double elapsed() {
    return secondsBefore + (System.nanoTime() - started) / 1e9;
  }

  private int[] permutation(int rows, int epoch) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + epoch);
    int[] permutation = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }

  private void save() throws IOException {
    if (checkpoint == null) {
      return;
    }
    new Checkpoint(
            fingerprint,
            fixed,
            optimizer.steps(),
            elapsed(),
            bestBits,
            worse,
            network.weights().arrays(),
            optimizer.means(),
            optimizer.squares(),
            best.arrays())
        .write(checkpoint);
  }

  /** Goes on from a checkpoint, if there is one. */
  private boolean restore(Path file) throws IOException, UntrainableTableException {
    if (!Files.exists(file)) {
      return false;
    }
    Checkpoint saved = Checkpoint.read(file);
    saved.requireFits(file, fingerprint, fixed);
    network.set(AutoregressiveWeights.of(saved.weights()));
    optimizer.restore(saved.steps(), saved.means(), saved.squares());
    best = AutoregressiveWeights.of(saved.best());
    bestBits = saved.bestBits();
    worse = saved.worse();
    secondsBefore = saved.seconds();
    return true;
  }

  private QuantizedWeights rounded() {
    WeightRounding rounding =
        new WeightRounding(network, best, heldOut, spread(heldOut.rows(), MOST_ROUNDED_ROWS));
    return settings.stored() ? rounding.storedWith(settings.rowsToCode()) : rounding.shared();
  }

  private TrainedModel judge(DensityModel model, double seconds) {
    TrainingData data = split.heldOut();
    double[] learnedBits = HeldOutCost.bits(model, data);
    int[] all = spread(data.rows(), data.rows());
    double[] staticBits = heldOut.staticBitsByColumn(all);
    List<TrainedModel.ColumnCost> columns = new ArrayList<>();
    for (int column = 0; column < learnedBits.length; column++) {
      columns.add(
          new TrainedModel.ColumnCost(
              data.columns().get(column).name(), staticBits[column], learnedBits[column]));
    }
    return new TrainedModel(model, columns, data.rows(), seconds, optimizer.steps());
  }

  @Override
  public void close() {
    network.close();
  }
}
