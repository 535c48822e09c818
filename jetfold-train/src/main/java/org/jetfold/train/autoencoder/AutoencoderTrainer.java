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
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.descent.HeldOutEvents;
import org.jetfold.train.descent.TrainingLoop;
import org.jspecify.annotations.Nullable;

/** One training of an autoencoder. Not thread-safe. */
final class AutoencoderTrainer implements AutoCloseable {
  /** Held-out events are asked so many times during a training. */
  private static final int JUDGEMENTS = 60;

  /** Training ends when so many judgements in a row were worse than the best. */
  private static final int PATIENCE = 15;

  /** An error of normalized variables that no network has whose training goes well. */
  private static final double ASTRAY = 1e4;

  /**
   * Of AdamW. Gradients shrink by orders of magnitude on the way to a small error, and a longer
   * memory holds steps back (docs/autoencoder.md).
   */
  private static final float BETA2 = 0.96f;

  /**
   * Where nothing normalizes jets far out any more, the loss of those that are not learned can grow
   * a little with every step. From so many times the best on, the training goes on from the best.
   */
  private static final double TURN_BACK = 1.05;

  private static final int MOST_JUDGED_ROWS = 30_000;

  private final AutoencoderSettings settings;
  private final AutoencoderMonitor monitor;
  private final AutoencoderDescription description;
  private final AutoencoderSample learned;
  private final AutoencoderSample heldOut;
  private final NormalizedRows training;
  private final NormalizedRows judging;
  private final int[] judged;
  private final TorchAutoencoder network;
  private final TrainingLoop loop;
  private final List<TrainedAutoencoder.Judgement> history = new ArrayList<>();

  AutoencoderTrainer(
      AutoencoderSample sample,
      @Nullable EnergyUnit unit,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      AutoencoderMonitor monitor)
      throws UntrainableTableException {
    this.settings = settings;
    this.monitor = monitor;
    description = description(sample, unit, settings);
    HeldOutEvents split = HeldOutEvents.of(sample.offsets(), sample.hasEvents() ? "event" : "row");
    learned = sample.select(split.learning());
    heldOut = sample.select(split.judging());
    training = NormalizedRows.of(description, learned);
    judging = NormalizedRows.of(description, heldOut);
    if (training.isMissing() || judging.isMissing()) {
      throw new UntrainableTableException(
          "has no numbers for a network: all values are NaN, infinite or beyond what the"
              + " normalization takes");
    }
    judged = Arrays.copyOf(judging.all(), Math.min(judging.count(), MOST_JUDGED_ROWS));
    int batch = Math.min(settings.batch(), training.count());
    if (batch < 2) {
      throw new UntrainableTableException("has too few jets to learn from");
    }
    network =
        new TorchAutoencoder(
            description,
            settings.batchNorm(),
            settings.latentNoise(),
            lossWeights(sample),
            settings.seed(),
            settings.threads());
    loop =
        new TrainingLoop(
            network,
            new Course(),
            new TrainingLoop.Plan(
                training.count(),
                batch,
                JUDGEMENTS,
                PATIENCE,
                (float) settings.decay(),
                BETA2,
                settings.seed(),
                checkpoint,
                sample.fingerprint() ^ Arrays.hashCode(training.inputs()),
                fixed(sample)),
            network.state(),
            Double.POSITIVE_INFINITY);
  }

  /**
   * The network that a sample and settings make.
   *
   * @throws UntrainableTableException where they do not go together, or nothing is to be learned
   */
  static AutoencoderDescription description(
      AutoencoderSample sample, @Nullable EnergyUnit unit, AutoencoderSettings settings)
      throws UntrainableTableException {
    AutoencoderDescription made;
    try {
      made =
          new AutoencoderDescription(
              settings.producer(),
              settings.name(),
              unit,
              settings.jets(),
              settings.activation(),
              // Latents are scaled at the end, and a factor passes through no tanh.
              settings.batchNorm() && settings.activation() == Activation.LEAKY_RELU,
              sample.variables(),
              settings.hidden(),
              settings.latents());
    } catch (IllegalArgumentException e) {
      throw new UntrainableTableException(String.valueOf(e.getMessage()));
    }
    if (settings.jets() > 1 && !sample.hasEvents()) {
      throw new UntrainableTableException(
          "the model takes %d jets of an event together, but the table has no events: --event-column makes some"
              .formatted(settings.jets()));
    }
    if (made.kept().size() == sample.variables().size()) {
      throw new UntrainableTableException(
          "all variables are kept, and nothing is left to learn: take one out of --keep");
    }
    double sum = sumOfWeights(sample);
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new UntrainableTableException(
          "--weights of what is learned add up to %s: give a variable that is not kept a weight above 0"
              .formatted(sum));
    }
    return made;
  }

  /** What must be the same when a training goes on: all but time and threads, by option. */
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
        "batch " + settings.batch(),
        "latent-noise " + settings.latentNoise(),
        "jets " + settings.jets(),
        "seed " + settings.seed(),
        "weights " + Arrays.toString(sample.weights()),
        "kept "
            + sample.variables().stream()
                .filter(AutoencoderVariable::kept)
                .map(AutoencoderVariable::name)
                .toList());
  }

  /** Of what is learned. */
  private static double sumOfWeights(AutoencoderSample sample) {
    double sum = 0;
    for (int v = 0; v < sample.weights().length; v++) {
      sum += sample.variables().get(v).kept() ? 0 : sample.weights()[v];
    }
    return sum;
  }

  private final class Course implements TrainingLoop.Course {
    @Override
    public double progress(double seconds, int steps) {
      Double most = settings.seconds();
      Integer mostEpochs = settings.epochs();
      double ofTime = most == null ? 0 : seconds / most;
      double ofEpochs = mostEpochs == null ? 0 : loop.epochs() / mostEpochs;
      return Math.min(1, Math.max(ofTime, ofEpochs));
    }

    @Override
    public float rate(double progress) {
      return (float) settings.rates().at(progress);
    }

    @Override
    public double learn(
        int[] rows, NDManager scope, NDArray[] gradients, int step, double progress) {
      long noise = settings.seed() + 31L * (step + 1) * (1 << 8);
      return network.learn(training, rows, keepsNormalization(progress), scope, gradients, noise);
    }

    private boolean keepsNormalization(double progress) {
      return progress >= settings.rates().keepsNormalizationFrom();
    }

    @Override
    public boolean isAstray(double loss) {
      return !(loss < ASTRAY);
    }

    @Override
    public double judge() {
      return network.loss(judging, judged);
    }

    @Override
    public boolean turnsBack(double progress, double loss, double best) {
      return settings.batchNorm() && keepsNormalization(progress) && loss > TURN_BACK * best;
    }

    @Override
    public void judged(double progress, double loss) {
      history.add(new TrainedAutoencoder.Judgement(loop.epochs(), loss));
      monitor.judged(progress, loop.epochs(), loss);
    }

    @Override
    public void stepped(double progress) {
      // Judgements tell enough.
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

  /** So that the loss is the mean squared error where all variables have the same weight. */
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

  TrainedAutoencoder train(boolean resume)
      throws UntrainableTableException,
          TrainingInterruptedException,
          DivergedException,
          IOException {
    boolean resumed = resume && loop.restore();
    long weights = 0;
    for (NDArray parameter : network.parameters()) {
      weights += parameter.size();
    }
    monitor.begins(training.count(), judging.count(), weights, resumed ? loop.progress() : 0);
    if (!loop.run()) {
      throw new DivergedException(loop.epochs(), settings.rates().largest());
    }
    double seconds = loop.seconds();
    loop.save();
    network.set(loop.best());
    TrainedAutoencoder trained =
        new AutoencoderJudge(heldOut).judge(model(), seconds, loop.epochs(), history);
    loop.forget();
    return trained;
  }

  /** The network as it is used: latents have a standard deviation of 1 where jets are learned. */
  private Autoencoder model() {
    List<DenseLayer> layers = network.layers();
    int split = network.latentLayer() + 1;
    Autoencoder raw =
        Autoencoder.of(description, layers.subList(0, split), layers.subList(split, layers.size()));
    double[] deviations = new AutoencoderJudge(learned).latentDeviations(raw);
    DenseLayer before = layers.get(split - 1);
    DenseLayer behind = layers.get(split);
    float[] out = before.weights().clone();
    float[] biases = before.biases().clone();
    float[] in = behind.weights().clone();
    for (int l = 0; l < deviations.length; l++) {
      double deviation = deviations[l] > 0 ? deviations[l] : 1;
      biases[l] /= (float) deviation;
      for (int i = 0; i < before.inputs(); i++) {
        out[l * before.inputs() + i] /= (float) deviation;
      }
      for (int o = 0; o < behind.outputs(); o++) {
        in[o * behind.inputs() + l] *= (float) deviation;
      }
    }
    List<DenseLayer> scaled = new ArrayList<>(layers);
    scaled.set(split - 1, new DenseLayer(out, biases));
    scaled.set(split, new DenseLayer(in, behind.biases()));
    return Autoencoder.of(
        description, scaled.subList(0, split), scaled.subList(split, scaled.size()));
  }

  @Override
  public void close() {
    network.close();
  }
}
