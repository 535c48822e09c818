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
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.EnergyUnit;
import org.jspecify.annotations.Nullable;

/** One training of an autoencoder. Not thread-safe. */
final class AutoencoderTrainer implements AutoCloseable {
  /** Held-out events are asked so many times during a training. */
  private static final int JUDGEMENTS = 60;

  /** Training ends when so many judgements in a row were worse than the best, … */
  private static final int PATIENCE = 15;

  /** … but not before this share is done: until then, being worse says nothing. */
  private static final double FIRST_WORRY = 0.5;

  /** An error of normalized variables that no network has whose training goes well. */
  private static final double ASTRAY = 1e4;

  private static final int MOST_JUDGED_ROWS = 30_000;
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 30;

  private final AutoencoderSettings settings;
  private final @Nullable Path checkpoint;
  private final AutoencoderMonitor monitor;
  private final AutoencoderDescription description;
  private final AutoencoderSample learned;
  private final AutoencoderSample heldOut;
  private final NormalizedRows training;
  private final NormalizedRows judging;
  private final int[] judged;
  private final TorchAutoencoder network;
  private final AdamW optimizer;
  private final int batch;
  private final String fixed;
  private final long fingerprint;
  private final List<TrainedAutoencoder.Judgement> history = new ArrayList<>();
  private final long started = System.nanoTime();

  private float[][] best;
  private double bestLoss;
  private int worse;
  private double secondsBefore;

  AutoencoderTrainer(
      AutoencoderSample sample,
      @Nullable EnergyUnit unit,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      AutoencoderMonitor monitor)
      throws UntrainableTableException {
    this.settings = settings;
    this.checkpoint = checkpoint;
    this.monitor = monitor;
    try {
      description =
          new AutoencoderDescription(
              settings.producer(),
              settings.name(),
              unit,
              settings.jets(),
              settings.activation(),
              settings.batchNorm(),
              sample.variables(),
              settings.hidden(),
              settings.latents());
    } catch (IllegalArgumentException e) {
      throw new UntrainableTableException(String.valueOf(e.getMessage()));
    }
    EventSplit.Numbers split = EventSplit.numbers(sample.offsets(), "event");
    learned = sample.select(split.learning());
    heldOut = sample.select(split.judging());
    training = NormalizedRows.of(description, learned);
    judging = NormalizedRows.of(description, heldOut);
    judged = Arrays.copyOf(judging.all(), Math.min(judging.count(), MOST_JUDGED_ROWS));
    batch = Math.min(settings.batch(), training.count());
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
    optimizer = new AdamW(network, (float) settings.decay());
    best = network.state();
    bestLoss = Double.POSITIVE_INFINITY;
    fingerprint = sample.fingerprint();
    fixed = settings.toString().replaceAll("(seconds|threads)=[^,\\]]*", "$1");
  }

  /** So that the loss is the mean squared error where all variables have the same weight. */
  private float[] lossWeights(AutoencoderSample sample) {
    double sum = 0;
    for (int v = 0; v < sample.weights().length; v++) {
      sum += sample.variables().get(v).kept() ? 0 : sample.weights()[v];
    }
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
    if (resume && checkpoint != null && Files.exists(checkpoint)) {
      restore(checkpoint);
    }
    long weights = 0;
    for (NDArray parameter : network.parameters()) {
      weights += parameter.size();
    }
    monitor.begins(training.count(), judging.count(), weights);
    run();
    double seconds = elapsed();
    network.set(best);
    TrainedAutoencoder trained =
        new AutoencoderJudge(heldOut).judge(model(), seconds, epochs(), history);
    if (checkpoint != null) {
      Files.deleteIfExists(checkpoint);
    }
    return trained;
  }

  private int epochSteps() {
    return Math.max(1, training.count() / batch);
  }

  private double epochs() {
    return (double) optimizer.steps() / epochSteps();
  }

  private double elapsed() {
    return secondsBefore + (System.nanoTime() - started) / 1e9;
  }

  private double progress() {
    Double seconds = settings.seconds();
    Integer most = settings.epochs();
    double ofTime = seconds == null ? 0 : elapsed() / seconds;
    double ofEpochs = most == null ? 0 : epochs() / most;
    return Math.min(1, Math.max(ofTime, ofEpochs));
  }

  private void run() throws TrainingInterruptedException, DivergedException, IOException {
    double progress = progress();
    double judgedAt = progress;
    double savedAt = elapsed();
    int[] order = new int[0];
    int epoch = -1;
    NDArray[] gradients = new NDArray[network.parameters().length];
    while (progress < 1 && worse < PATIENCE) {
      int step = optimizer.steps();
      if (step / epochSteps() != epoch) {
        epoch = step / epochSteps();
        order = shuffled(epoch);
      }
      int at = step % epochSteps() * batch;
      int[] rows = Arrays.copyOfRange(order, at, at + batch);
      try (NDManager scope = network.manager().newSubManager()) {
        long noise = settings.seed() + 31L * (step + 1) * (1 << 8);
        double loss = network.learn(training, rows, scope, gradients, noise);
        if (!(loss < ASTRAY)) {
          throw new DivergedException(epochs(), settings.rates().largest());
        }
        optimizer.step(gradients, (float) settings.rates().at(progress), true);
      }
      progress = progress();
      if (progress - judgedAt >= 1.0 / JUDGEMENTS || progress >= 1) {
        judgedAt = progress;
        judge(progress);
      }
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

  private void judge(double progress) throws DivergedException {
    double loss = network.loss(judging, judged);
    history.add(new TrainedAutoencoder.Judgement(epochs(), loss));
    monitor.judged(progress, epochs(), loss);
    if (!Double.isFinite(loss)) {
      throw new DivergedException(epochs(), settings.rates().largest());
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      best = network.state();
      worse = 0;
    } else if (progress > FIRST_WORRY) {
      worse++;
    }
  }

  private int[] shuffled(int epoch) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + epoch);
    int[] order = training.all();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
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
            bestLoss,
            worse,
            network.state(),
            optimizer.means(),
            optimizer.squares(),
            best)
        .write(checkpoint);
  }

  private void restore(Path file) throws IOException, UntrainableTableException {
    Checkpoint saved = Checkpoint.read(file);
    saved.requireFits(file, fingerprint, fixed);
    network.set(saved.weights());
    optimizer.restore(saved.steps(), saved.means(), saved.squares());
    best = saved.best();
    bestLoss = saved.bestBits();
    worse = saved.worse();
    secondsBefore = saved.seconds();
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
