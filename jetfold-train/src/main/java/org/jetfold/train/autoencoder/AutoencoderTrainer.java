package org.jetfold.train.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.optimization.TrainingLoop;
import org.jetfold.train.optimization.ValidationSplit;
import org.jspecify.annotations.Nullable;

/** One training of an autoencoder. Not thread-safe. */
final class AutoencoderTrainer implements AutoCloseable {
  /** The number of validations during a training. */
  private static final int VALIDATIONS = 60;

  /** The training ends after so many validations in a row above the best loss. */
  private static final int PATIENCE = 15;

  /** A larger mean squared error of normalized variables means that the training has diverged. */
  private static final double MAX_LOSS = 1e4;

  /**
   * Once normalization is frozen, the loss of outlying jets in the validation set can grow a little
   * with every step. Above so many times the best loss, the training rolls back.
   */
  private static final double MAX_LOSS_RATIO = 1.05;

  private static final int MAX_VALIDATION_ROWS = 30_000;

  private final AutoencoderSettings settings;
  private final AutoencoderMonitor monitor;
  private final AutoencoderDescription description;
  private final AutoencoderSample trainingSet;
  private final AutoencoderSample validationSet;
  private final AutoencoderSample testSet;
  private final NormalizedRows training;
  private final NormalizedRows validation;
  private final int[] validated;
  private final TorchAutoencoder network;
  private final TrainingLoop loop;
  private final List<TrainedAutoencoder.Validation> history = new ArrayList<>();

  AutoencoderTrainer(
      AutoencoderSample sample,
      @Nullable EnergyUnit unit,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      AutoencoderMonitor monitor) {
    this.settings = settings;
    this.monitor = monitor;
    description = description(sample, unit, settings);
    ValidationSplit split =
        ValidationSplit.of(sample.offsets(), sample.hasEvents() ? "event" : "row");
    trainingSet = sample.select(split.training());
    validationSet = sample.select(split.validation());
    testSet = sample.select(split.test());
    training = NormalizedRows.of(description, trainingSet);
    validation = NormalizedRows.of(description, validationSet);
    if (training.isEmpty() || validation.isEmpty()) {
      throw new UntrainableTableException(
          "has no numbers for a network: all values are NaN, infinite or outside the domain of the"
              + " normalization");
    }
    validated =
        Arrays.copyOf(validation.all(), Math.min(validation.all().length, MAX_VALIDATION_ROWS));
    int items = training.all().length;
    // The rows of a mini-batch, where an item has several, are as many in the mean.
    long share = Math.round((double) settings.batch() * items / Math.max(1, training.count()));
    int batch = (int) Math.min(Math.max(2, share), items);
    if (batch < 2) {
      throw new UntrainableTableException("has too few jets to train on");
    }
    network =
        new TorchAutoencoder(
            description,
            settings.batchNorm(),
            settings.latentNoise(),
            settings.rate(),
            lossWeights(sample),
            settings.seed(),
            settings.threads());
    loop =
        new TrainingLoop(
            network,
            new Objective(),
            new TrainingLoop.Settings(
                items,
                batch,
                VALIDATIONS,
                PATIENCE,
                (float) settings.decay(),
                (float) settings.beta2(),
                settings.seed(),
                checkpoint,
                sample.fingerprint() ^ Arrays.hashCode(training.inputs()),
                fixed(sample)),
            network.state(),
            Double.POSITIVE_INFINITY);
  }

  /**
   * The network for a sample with these settings.
   *
   * @throws UntrainableTableException where the settings do not suit the sample, or no variable is
   *     in the loss
   */
  static AutoencoderDescription description(
      AutoencoderSample sample, @Nullable EnergyUnit unit, AutoencoderSettings settings) {
    AutoencoderDescription made;
    try {
      made =
          new AutoencoderDescription(
              settings.producer(),
              settings.name(),
              unit,
              settings.jets(),
              settings.activation(),
              // Latents are scaled at the end, which is not possible before a tanh.
              settings.batchNorm() && settings.activation() == Activation.LEAKY_RELU,
              sample.variables(),
              settings.hidden(),
              settings.latents(),
              settings.memory());
    } catch (IllegalArgumentException e) {
      throw new UntrainableTableException(String.valueOf(e.getMessage()));
    }
    if (settings.jets() > 1 && !sample.hasEvents()) {
      throw new UntrainableTableException(
          "the model takes %d jets of an event together, but the table has no events: name the column that marks them"
              .formatted(settings.jets()));
    }
    if (settings.memory() > 0 && !sample.hasEvents()) {
      throw new UntrainableTableException(
          "a memory is of the jets of an event, but the table has no events: name the column that"
              + " marks them");
    }
    if (made.kept().size() == sample.variables().size()) {
      throw new UntrainableTableException(
          "all variables are kept, and none is left for the latents: keep one less");
    }
    double sum = sumOfWeights(sample);
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new UntrainableTableException(
          "the weights of the variables that are not kept add up to %s: give one of them a weight above 0"
              .formatted(sum));
    }
    return made;
  }

  /** What must be the same when a training continues: all settings but time and threads. */
  private String fixed(AutoencoderSample sample) {
    return String.join(
        "\n",
        "codec autoencoder",
        "version " + settings.producer(),
        "method " + AutoencoderSettings.METHOD,
        "preset " + settings.name(),
        "hidden " + settings.hidden(),
        "latent " + settings.latents(),
        "activation " + settings.activation(),
        "batch-norm " + settings.batchNorm(),
        "lr " + settings.rates(),
        "epochs " + settings.epochs(),
        "weight-decay " + settings.decay(),
        "beta2 " + settings.beta2(),
        "batch " + settings.batch(),
        "latent-noise " + settings.latentNoise(),
        "rate " + settings.rate(),
        "jets " + settings.jets(),
        "memory " + settings.memory(),
        "seed " + settings.seed(),
        "weights " + Arrays.toString(sample.weights()),
        "kept "
            + sample.variables().stream()
                .filter(AutoencoderVariable::kept)
                .map(AutoencoderVariable::name)
                .toList());
  }

  /** Of the variables in the loss. */
  private static double sumOfWeights(AutoencoderSample sample) {
    double sum = 0;
    for (int v = 0; v < sample.weights().length; v++) {
      sum += sample.variables().get(v).kept() ? 0 : sample.weights()[v];
    }
    return sum;
  }

  private final class Objective implements TrainingLoop.Objective {
    @Override
    public double progress(double seconds, int steps) {
      Double maxSeconds = settings.seconds();
      Integer maxEpochs = settings.epochs();
      double ofTime = maxSeconds == null ? 0 : seconds / maxSeconds;
      double ofEpochs = maxEpochs == null ? 0 : loop.epochs() / maxEpochs;
      return Math.min(1, Math.max(ofTime, ofEpochs));
    }

    @Override
    public float rate(double progress) {
      return (float) settings.rates().at(progress);
    }

    @Override
    public double trainingLoss(
        int[] rows, NDManager scope, NDArray[] gradients, int step, double progress) {
      long noise = settings.seed() + 31L * (step + 1) * (1 << 8);
      return network.lossAndGradients(training, rows, isFrozen(progress), scope, gradients, noise);
    }

    private boolean isFrozen(double progress) {
      return progress >= settings.rates().freezesNormalizationFrom();
    }

    @Override
    public boolean hasDiverged(double loss) {
      return !(loss < MAX_LOSS);
    }

    @Override
    public double validationLoss() {
      return network.loss(validation, validated);
    }

    @Override
    public boolean shouldRollBack(double progress, double loss, double best) {
      return settings.batchNorm() && isFrozen(progress) && loss > MAX_LOSS_RATIO * best;
    }

    @Override
    public void validated(double progress, double loss) {
      history.add(new TrainedAutoencoder.Validation(loop.epochs(), loss));
      monitor.validated(progress, loop.epochs(), loss);
    }

    @Override
    public float[][] state() {
      return network.state();
    }

    @Override
    public void set(float[][] state) {
      network.set(state);
    }
  }

  /** With equal weights the loss is the mean squared error. */
  private float[] lossWeights(AutoencoderSample sample) {
    double sum = sumOfWeights(sample);
    float[] weights = new float[description.inputs()];
    for (int i = 0; i < weights.length; i++) {
      int v = i % sample.weights().length;
      AutoencoderVariable variable = sample.variables().get(v);
      double weight = sample.weights()[v] / sum * sample.weights().length;
      weights[i] = variable.kept() ? 0 : (float) weight;
    }
    return weights;
  }

  TrainedAutoencoder train(boolean resume) throws IOException {
    boolean resumed = resume && loop.restore();
    long weights = 0;
    for (NDArray parameter : network.parameters()) {
      weights += parameter.size();
    }
    monitor.begins(training.count(), validation.count(), weights, resumed ? loop.progress() : 0);
    if (!loop.run()) {
      throw new DivergedException(loop.epochs(), settings.rates().largest());
    }
    double seconds = loop.seconds();
    loop.save();
    network.set(loop.best());
    Autoencoder model = model();
    TrainedAutoencoder trained =
        new AutoencoderValidator(testSet, settings.rounding())
            .validate(
                model,
                new AutoencoderValidator(validationSet, settings.rounding()).loss(model),
                seconds,
                loop.epochs(),
                history);
    loop.deleteCheckpoint();
    return trained;
  }

  /**
   * The finished network: latents are in units of their steps, or, where none were learned, have a
   * standard deviation of 1 on the training set.
   */
  private Autoencoder model() {
    List<DenseLayer> layers = network.layers();
    int split = network.latentLayer() + 1;
    Autoencoder raw =
        Autoencoder.of(
            description,
            layers.subList(0, split),
            layers.subList(split, layers.size()),
            network.memory());
    double[] steps = network.steps();
    double[] deviations =
        steps == null ? new AutoencoderValidator(trainingSet, null).latentDeviations(raw) : steps;
    DenseLayer before = layers.get(split - 1);
    DenseLayer after = layers.get(split);
    float[] out = before.weights().clone();
    float[] biases = before.biases().clone();
    for (int l = 0; l < deviations.length; l++) {
      double deviation = deviations[l] > 0 ? deviations[l] : 1;
      biases[l] /= (float) deviation;
      for (int i = 0; i < before.inputs(); i++) {
        out[l * before.inputs() + i] /= (float) deviation;
      }
    }
    List<DenseLayer> scaled = new ArrayList<>(layers);
    scaled.set(split - 1, new DenseLayer(out, biases));
    scaled.set(split, ofScaled(after, deviations));
    return Autoencoder.of(
        description,
        scaled.subList(0, split),
        scaled.subList(split, scaled.size()),
        network.memory().stream().map(layer -> ofScaled(layer, deviations)).toList());
  }

  /** A layer whose first inputs, the latents, are divided by something. */
  private static DenseLayer ofScaled(DenseLayer layer, double[] divisors) {
    float[] in = layer.weights().clone();
    for (int l = 0; l < divisors.length; l++) {
      float factor = (float) (divisors[l] > 0 ? divisors[l] : 1);
      for (int o = 0; o < layer.outputs(); o++) {
        in[o * layer.inputs() + l] *= factor;
      }
    }
    return new DenseLayer(in, layer.biases());
  }

  @Override
  public void close() {
    network.close();
  }
}
