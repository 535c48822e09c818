package org.jetfold.train.density;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.density.TrainingRecord;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.text.Quantities;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.EnergyNames;
import org.jetfold.train.optimization.TrainingLoop;
import org.jspecify.annotations.Nullable;

/** One training of a density model. Not thread-safe. */
final class DensityTrainer implements AutoCloseable {
  private static final int MAX_BATCH = 512;
  private static final int MIN_BATCH = 32;

  /** A network overfits in more epochs. */
  private static final int MAX_EPOCHS = 50;

  /** A network without hidden units hardly overfits. */
  private static final int MAX_EPOCHS_WITHOUT_HIDDEN = 400;

  /** Small tables are trained on for more epochs, until there are so many steps. */
  private static final int MIN_STEPS = 5000;

  private static final float WEIGHT_DECAY = 0.1f;

  /** 0.96 and 0.999 give the same bits. */
  private static final float BETA2 = 0.99f;

  /** The number of validations during a training. */
  private static final int VALIDATIONS = 40;

  /** The training ends after so many validations in a row above the best loss. */
  private static final int PATIENCE = 10;

  private static final int MAX_VALIDATION_ROWS = 8192;
  private static final int MAX_ROUNDING_ROWS = 4096;

  private final TrainingSample sample;
  private final TrainingSettings settings;
  private final TrainingMonitor monitor;
  private final EventSplit split;
  private final ModelDescription description;
  private final List<Alphabet> alphabets;
  private final List<Alphabet> contexts;
  private final RowTensors training;
  private final RowTensors validation;
  private final int[] validated;
  private final double rawBits;
  private final TorchNetwork network;
  private final Schedule schedule;
  private final TrainingLoop loop;

  DensityTrainer(
      TrainingSample sample,
      TrainingSettings settings,
      @Nullable Path checkpoint,
      TrainingMonitor monitor) {
    this.sample = sample;
    this.settings = settings;
    this.monitor = monitor;
    TrainingData data = sample.data();
    NetworkSize size = chosenSize(data);
    Described described = describe(data, size);
    description = described.description();
    split = EventSplit.of(described.data());
    AutoregressiveShape shape = description.shape();
    alphabets = description.columns().stream().map(ModelColumn::alphabet).toList();
    contexts = description.contexts().stream().map(ContextColumn::alphabet).toList();
    training = new RowTensors(shape, alphabets, contexts, split.training());
    validation = new RowTensors(shape, alphabets, contexts, split.validation());
    validated = spread(validation.rows(), MAX_VALIDATION_ROWS);
    rawBits = validation.rawBits(validated);
    int batch = batchSize(training.rows());
    long epochSteps = Math.max(1, training.rows() / batch);
    int maxEpochs = description.hidden() > 0 ? MAX_EPOCHS : MAX_EPOCHS_WITHOUT_HIDDEN;
    schedule =
        new Schedule(
            settings.seconds(),
            (int) Math.min(settings.maxSteps(), Math.max(MIN_STEPS, maxEpochs * epochSteps)),
            settings.start() == null ? Schedule.MAX_RATE : Schedule.MAX_RATE_FROM_START);
    AutoregressiveWeights first = InitialWeights.none(shape);
    network =
        new TorchNetwork(
            shape,
            alphabets.stream().mapToInt(Alphabet::cells).toArray(),
            first,
            settings.threads());
    // A trained network must beat one that needs no training, and the one that it starts with.
    double bitsOfFirst = network.bits(validation, validated);
    DensityModel start = settings.startModel();
    if (start == null) {
      network.set(InitialWeights.of(shape, settings.seed()));
    } else {
      requireStart(start, description);
      AutoregressiveWeights weights = start.weights().weights();
      network.set(weights);
      double bits = network.bits(validation, validated);
      first = bits < bitsOfFirst ? weights : first;
      bitsOfFirst = Math.min(bits, bitsOfFirst);
    }
    List<String> fixed = new ArrayList<>();
    fixed.add("codec density");
    fixed.add("hidden " + description.hidden());
    fixed.add("components " + description.components());
    fixed.add("contexts " + description.contexts().size());
    fixed.add("seed " + settings.seed());
    fixed.add("start " + (start == null ? "random" : start.hash()));
    // The order of the columns must be the same, too.
    for (int c = 0; c < description.columns().size(); c++) {
      ModelColumn column = description.columns().get(c);
      fixed.add("column_%d %s=%s".formatted(c + 1, column.name(), column.precision()));
    }
    loop =
        new TrainingLoop(
            network,
            new Objective(),
            new TrainingLoop.Settings(
                training.rows(),
                batch,
                VALIDATIONS,
                PATIENCE,
                WEIGHT_DECAY,
                BETA2,
                settings.seed(),
                checkpoint,
                described.data().fingerprint(),
                String.join("\n", fixed)),
            first.arrays(),
            bitsOfFirst);
  }

  /**
   * Checks that a network for a description is that of the model that it starts with.
   *
   * @throws UntrainableTableException where it is not
   */
  private static void requireStart(DensityModel start, ModelDescription description) {
    List<String> ofModel = start.description().columns().stream().map(ModelColumn::name).toList();
    List<String> here = description.columns().stream().map(ModelColumn::name).toList();
    if (!ofModel.equals(here)) {
      List<String> lost = new ArrayList<>(ofModel);
      lost.removeAll(here);
      throw new UntrainableTableException(
          "has too many different values in %s for the initial model: choose a coarser precision"
              .formatted(Quantities.names(lost)));
    }
    if (start.description().events() != description.events()) {
      throw new UntrainableTableException(
          description.events()
              ? "has events, and the initial model knows none"
              : "has no events, and the initial model tells jets of an event apart");
    }
  }

  /** Never fails: a step whose gradients are not finite is left out. */
  private final class Objective implements TrainingLoop.Objective {
    @Override
    public double progress(double seconds, int steps) {
      return schedule.progress(seconds, steps);
    }

    @Override
    public float rate(double progress) {
      return schedule.rate(progress);
    }

    @Override
    public double trainingLoss(
        int[] rows, NDManager scope, NDArray[] gradients, int step, double progress) {
      return network.lossAndGradients(training, rows, scope, gradients);
    }

    @Override
    public double validationLoss() {
      return network.bits(validation, validated);
    }

    @Override
    public void stepped(double progress) {
      monitor.progress(progress, loop.bestLoss() + rawBits, secondsLeft(progress));
    }

    @Override
    public float[][] state() {
      return network.weights().arrays();
    }

    @Override
    public void set(float[][] state) {
      network.set(AutoregressiveWeights.of(state));
    }
  }

  private NetworkSize chosenSize(TrainingData data) {
    NetworkSize size = NetworkSize.of(data, settings.stored());
    Integer hidden = settings.hidden();
    Integer components = settings.components();
    NetworkSize chosen =
        new NetworkSize(
            hidden == null ? size.hidden() : hidden,
            components == null ? size.components() : components);
    chosen.require(data);
    return chosen;
  }

  private record Described(ModelDescription description, TrainingData data) {}

  /**
   * Describes the columns by the training set, or by all events where all will be stored. Columns
   * with too many different symbols are left out.
   */
  private Described describe(TrainingData data, NetworkSize size) {
    TrainingData kept = data;
    while (true) {
      TrainingData described = settings.stored() ? kept : EventSplit.of(kept).training();
      ModelDescription found =
          ModelDescription.of(
                  settings.producer(),
                  kept.places(),
                  described.samples(),
                  kept.contexts().columns(),
                  size.hidden(),
                  size.components())
              .inCollection(kept.collection());
      List<Integer> dropped = new ArrayList<>();
      for (int column = 0; column < found.columns().size(); column++) {
        ModelColumn next = found.columns().get(column);
        if (next.distribution().leaves() > Alphabet.MAX_CELLS) {
          dropped.add(column);
        }
      }
      if (dropped.isEmpty()) {
        return new Described(found, kept);
      }
      kept = kept.without(dropped);
      if (kept.columns().isEmpty()) {
        throw new UntrainableTableException(
            "has only columns with too many different values: choose a coarser precision");
      }
    }
  }

  private static int batchSize(int rows) {
    int size = MIN_BATCH;
    while (size < MAX_BATCH && size * 64L <= rows) {
      size *= 2;
    }
    return Math.min(size, rows);
  }

  /** Up to so many rows, evenly spread. */
  private static int[] spread(int rows, int max) {
    int[] chosen = new int[Math.min(rows, max)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) ((long) i * rows / chosen.length);
    }
    return chosen;
  }

  TrainedModel train(boolean resume) throws IOException {
    boolean resumed = resume && loop.restore();
    monitor.begins(
        new TrainingMonitor.Plan(
            sample,
            description.columns().size(),
            training.rows(),
            validation.rows(),
            description.hidden(),
            description.components(),
            NetworkSize.weights(description.shape()),
            validation.staticBits(validated),
            resumed ? loop.progress() : 0));
    loop.run();
    double seconds = loop.seconds();
    loop.save();
    monitor.rounds();
    AutoregressiveWeights best = AutoregressiveWeights.of(loop.best());
    network.set(best);
    DensityModel model = DensityModel.of(description, rounded(best));
    TrainedModel trained = tested(model, seconds);
    loop.deleteCheckpoint();
    return trained;
  }

  private double secondsLeft(double progress) {
    return progress <= 0
        ? settings.seconds()
        : Math.min(settings.seconds() - loop.seconds(), loop.seconds() / progress * (1 - progress));
  }

  private QuantizedWeights rounded(AutoregressiveWeights best) {
    WeightRounding rounding =
        new WeightRounding(network, best, validation, spread(validation.rows(), MAX_ROUNDING_ROWS));
    return settings.stored() ? rounding.storedWith(settings.rowsToCode()) : rounding.shared();
  }

  private TrainedModel tested(DensityModel model, double seconds) {
    TrainingData data = split.test();
    double[] learnedBits = CodingCost.bits(model, data);
    int[] all = spread(data.rows(), data.rows());
    double[] staticBits =
        new RowTensors(description.shape(), alphabets, contexts, data).staticBitsByColumn(all);
    List<TrainedModel.ColumnCost> columns = new ArrayList<>();
    for (int column = 0; column < learnedBits.length; column++) {
      columns.add(
          new TrainedModel.ColumnCost(
              data.columns().get(column).name(),
              data.precisions().get(column),
              staticBits[column],
              learnedBits[column]));
    }
    // Where the model is stored with the data, nothing else is coded with it.
    DensityModel told = settings.stored() ? model : model.withTraining(record(columns));
    return new TrainedModel(told, columns, data.rows(), seconds, loop.steps());
  }

  private TrainingRecord record(List<TrainedModel.ColumnCost> columns) {
    return new TrainingRecord(
        sample.unit().unit(),
        columns.stream()
            .map(column ->
                new TrainingRecord.ColumnRecord(
                    EnergyNames.isEnergy(column.name()), (float) column.learnedBits()))
            .toList());
  }

  @Override
  public void close() {
    network.close();
  }
}
