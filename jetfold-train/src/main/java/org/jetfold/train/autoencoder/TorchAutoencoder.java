package org.jetfold.train.autoencoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.train.optimization.Backpropagation;
import org.jetfold.train.optimization.Trainable;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder on libtorch. Each layer but the last is linear, followed by the activation and,
 * optionally, batch normalization (Ioffe and Szegedy, 2015). Not thread-safe.
 *
 * <p>Arrays: for each layer its matrix (inputs × outputs) and biases, with batch normalization also
 * the factors and shifts of each layer but the last, with a memory those of {@link TorchMemory},
 * and where bits count those of {@link LatentRate}. Running means and variances are separate.
 */
final class TorchAutoencoder implements Trainable, AutoCloseable {
  private static final float MOMENTUM = 0.1f;
  private static final float EPSILON = 1e-5f;
  private static final int MAX_ROWS = 4096;

  private final AutoencoderDescription description;
  private final boolean batchNorm;
  private final float latentNoise;
  private final Backpropagation backpropagation;
  private final NDManager manager;
  private final int layers;
  private final int latentLayer;
  private final NDArray[] parameters;
  private final float[][] runningMeans;
  private final float[][] runningVariances;

  /** What is remembered of an event's rows; null for nothing. */
  private final @Nullable TorchMemory memory;

  /** What bits of latents count; null where they count nothing. */
  private final @Nullable LatentRate rate;

  private final RestoredError error;

  /**
   * A network with random weights.
   *
   * @param bitWeight what a bit of a row's latents counts; 0 for nothing
   * @param lossWeights one for each input
   */
  TorchAutoencoder(
      AutoencoderDescription description,
      boolean batchNorm,
      double latentNoise,
      double bitWeight,
      float[] lossWeights,
      long seed,
      int threads) {
    this.description = description;
    this.batchNorm = batchNorm;
    this.latentNoise = (float) latentNoise;
    Engine engine = Engine.getEngine("PyTorch");
    manager = engine.newBaseManager(engine.defaultDevice());
    error = new RestoredError(description, lossWeights, manager);
    int[] encoder = description.encoderWidths();
    int[] decoder = description.decoderWidths();
    latentLayer = encoder.length - 2;
    layers = encoder.length + decoder.length - 2;
    int normalized = batchNorm ? layers - 1 : 0;
    int ofLayers = 2 * layers + 2 * normalized;
    int ofMemory = description.memory() > 0 ? TorchMemory.ARRAYS : 0;
    int ofRate = bitWeight > 0 ? LatentRate.ARRAYS : 0;
    parameters = new NDArray[ofLayers + ofMemory + ofRate];
    runningMeans = new float[normalized][];
    runningVariances = new float[normalized][];
    SplittableRandom random = new SplittableRandom(seed);
    boolean rectifies = description.activation() == Activation.LEAKY_RELU;
    for (int l = 0; l < layers; l++) {
      int in = l <= latentLayer ? encoder[l] : decoder[l - latentLayer - 1];
      int out = l <= latentLayer ? encoder[l + 1] : decoder[l - latentLayer];
      double deviation = Math.sqrt((rectifies && l + 1 < layers ? 2.0 : 1.0) / in);
      if (batchNorm) {
        // Batch normalization removes a layer's scale, and a smaller scale makes larger steps. This
        // is the scale of torch's linear layers.
        deviation = Math.sqrt(1.0 / (3 * in));
      }
      float[] matrix = new float[in * out];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = (float) (deviation * random.nextGaussian());
      }
      parameters[2 * l] = manager.create(matrix, new Shape(in, out));
      parameters[2 * l + 1] = manager.zeros(new Shape(1, out), DataType.FLOAT32);
      if (l < normalized) {
        parameters[2 * layers + 2 * l] = manager.ones(new Shape(1, out), DataType.FLOAT32);
        parameters[2 * layers + 2 * l + 1] = manager.zeros(new Shape(1, out), DataType.FLOAT32);
        runningMeans[l] = new float[out];
        runningVariances[l] = new float[out];
        Arrays.fill(runningVariances[l], 1);
      }
    }
    memory = ofMemory > 0 ? new TorchMemory(description, ofLayers) : null;
    if (memory != null) {
      System.arraycopy(memory.initial(random, manager), 0, parameters, ofLayers, ofMemory);
    }
    int first = ofLayers + ofMemory;
    rate = ofRate > 0 ? new LatentRate(bitWeight, description.latents(), first, manager) : null;
    if (rate != null) {
      System.arraycopy(rate.initial(manager), 0, parameters, first, ofRate);
    }
    backpropagation = new Backpropagation(this, threads);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public NDArray[] parameters() {
    return parameters;
  }

  @Override
  public boolean isBias(int parameter) {
    int matrices = 2 * layers + (memory == null ? 0 : TorchMemory.ARRAYS);
    return parameter % 2 == 1 || parameter >= matrices;
  }

  /** All arrays: the parameters, then running means, then running variances. */
  float[][] state() {
    List<float[]> state = new ArrayList<>();
    for (NDArray parameter : parameters) {
      state.add(parameter.toFloatArray());
    }
    for (float[][] running : List.of(runningMeans, runningVariances)) {
      for (float[] values : running) {
        state.add(values.clone());
      }
    }
    return state.toArray(new float[0][]);
  }

  void set(float[][] state) {
    for (int i = 0; i < parameters.length; i++) {
      Shape shape = parameters[i].getShape();
      parameters[i].close();
      parameters[i] = manager.create(state[i], shape);
    }
    int at = parameters.length;
    for (float[][] running : List.of(runningMeans, runningVariances)) {
      for (float[] values : running) {
        System.arraycopy(state[at++], 0, values, 0, values.length);
      }
    }
  }

  /**
   * The loss of some items, and its gradients.
   *
   * @param isFrozen whether batch normalization uses the running means and variances, as in the
   *     finished network, and not those of the batch
   * @param scope owns the gradients and all intermediate arrays
   * @param gradients receives one for each parameter
   * @param noise the seed of the noise of this step
   */
  double lossAndGradients(
      NormalizedRows rows,
      int[] chosen,
      boolean isFrozen,
      NDManager scope,
      NDArray[] gradients,
      long noise) {
    int parts = Math.min(backpropagation.parts(chosen.length), chosen.length / 2);
    int moving = isFrozen ? 0 : runningMeans.length;
    float[][][] means = new float[parts][moving][];
    float[][][] variances = new float[parts][moving][];
    double loss =
        backpropagation.lossAndGradients(
            chosen,
            parts,
            (double) rows.rows(chosen) * rows.width(),
            (arrays, part, i, partScope) ->
                new Pass(
                        arrays,
                        partScope,
                        isFrozen ? null : means[i],
                        isFrozen ? null : variances[i],
                        new SplittableRandom(noise + i))
                    .loss(rows, part),
            scope,
            gradients);
    for (int i = 0; i < parts; i++) {
      for (int l = 0; l < moving; l++) {
        move(runningMeans[l], means[i][l], MOMENTUM / parts);
        move(runningVariances[l], variances[i][l], MOMENTUM / parts);
      }
    }
    return loss;
  }

  private static void move(float[] running, float[] now, float share) {
    for (int i = 0; i < running.length; i++) {
      running[i] += share * (now[i] - running[i]);
    }
  }

  /**
   * The mean loss of some items with the running means and variances, as in the finished network.
   */
  double loss(NormalizedRows rows, int[] chosen) {
    double sum =
        backpropagation.loss(
            chosen,
            MAX_ROWS,
            (arrays, part, unused, scope) ->
                new Pass(arrays, scope, null, null, null).loss(rows, part));
    return sum / ((double) rows.rows(chosen) * rows.width());
  }

  /**
   * What a step gives.
   *
   * @param loss the sum of its rows
   * @param given what a file holds of the rows: latents and kept variables
   */
  private record Step(NDArray loss, NDArray given) {}

  /** A pass through the network; without arrays for the batch's means, with the running ones. */
  private final class Pass {
    private final NDArray[] w;
    private final NDManager scope;
    private final float @Nullable [][] means;
    private final float @Nullable [][] variances;
    private final LatentNoise noise;

    Pass(
        NDArray[] w,
        NDManager scope,
        float @Nullable [][] means,
        float @Nullable [][] variances,
        @Nullable SplittableRandom random) {
      this.w = w;
      this.scope = scope;
      this.means = means;
      this.variances = variances;
      noise = new LatentNoise(latentNoise, random, scope);
    }

    /** The sum of the losses of all values, and of what the bits of latents count. */
    NDArray loss(NormalizedRows rows, int[] chosen) {
      NDArray sum = scope.zeros(new Shape());
      NDArray remembered = null;
      for (int[] step : rows.steps(chosen)) {
        if (memory != null) {
          remembered = memory.of(remembered, step.length, scope);
        }
        Step done = step(rows, step, remembered);
        sum = sum.add(done.loss());
        if (memory != null && remembered != null) {
          remembered = memory.next(done.given(), remembered, w);
        }
      }
      return sum;
    }

    /**
     * A step through some rows.
     *
     * @param remembered what is remembered of the rows before in their events; null for nothing
     */
    private Step step(NormalizedRows rows, int[] chosen, @Nullable NDArray remembered) {
      Shape shape = new Shape(chosen.length, rows.width());
      NDArray x = scope.create(rows.gather(rows.inputs(), chosen), shape);
      NDArray mask = scope.create(rows.gather(rows.mask(), chosen), shape);
      NDArray y = with(x, remembered);
      NDArray given = x;
      NDArray bits = null;
      for (int l = 0; l < layers; l++) {
        y = y.matMul(w[2 * l]).add(w[2 * l + 1]);
        boolean isLatent = l == latentLayer;
        if (l + 1 < layers && (!isLatent || description.latentActivated())) {
          y =
              description.activation() == Activation.TANH
                  ? y.tanh()
                  : ai.djl.nn.Activation.leakyRelu(y, Activation.SLOPE);
        }
        if (l + 1 < layers && batchNorm) {
          y = normalized(y, l);
        }
        if (isLatent) {
          y = rate == null ? noise.noisy(y) : noise.rounded(y, rate.steps(w));
          bits = rate == null ? null : rate.loss(y, w).mul(mask.max(new int[] {1}, true));
          given = with(y, kept(rows, chosen));
          y = with(given, remembered);
        }
      }
      NDArray sum = error.squared(y, x, mask);
      // The sum is divided by the number of values.
      return new Step(bits == null ? sum : sum.add(bits.sum().mul(rows.width())), given);
    }

    private static NDArray with(NDArray inputs, @Nullable NDArray others) {
      return others == null ? inputs : inputs.concat(others, 1);
    }

    /** By libtorch's own operator: a combination of others takes several times as long. */
    private NDArray normalized(NDArray y, int l) {
      boolean isTraining = means != null && variances != null;
      NDArray mean = scope.create(runningMeans[l]);
      NDArray variance = scope.create(runningVariances[l]);
      NDArray normalized =
          JniUtils.batchNorm(
              (PtNDArray) y,
              (PtNDArray) mean,
              (PtNDArray) variance,
              (PtNDArray) w[2 * layers + 2 * l].flatten(),
              (PtNDArray) w[2 * layers + 2 * l + 1].flatten(),
              isTraining,
              // With a momentum of 1 the arrays become the batch's own.
              /* momentum= */ 1,
              EPSILON);
      if (means != null && variances != null) {
        means[l] = mean.toFloatArray();
        variances[l] = variance.toFloatArray();
      }
      return normalized;
    }

    /** The kept variables of some rows; null where none are kept. */
    private @Nullable NDArray kept(NormalizedRows rows, int[] chosen) {
      int width = description.jets() * description.kept().size();
      return width == 0
          ? null
          : scope.create(
              rows.gather(chosen, description.kept(), description.jets()),
              new Shape(chosen.length, width));
    }
  }

  /** The layers of the memory; none where there is none. */
  List<DenseLayer> memory() {
    return memory == null ? List.of() : memory.layers(parameters);
  }

  /** The layers of encoder and decoder, with batch normalization folded into the next layers. */
  List<DenseLayer> layers() {
    List<DenseLayer> folded = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      float[] matrix = parameters[2 * l].toFloatArray();
      float[] biases = parameters[2 * l + 1].toFloatArray();
      // Kept variables follow the latents, and are not normalized.
      int normalized = l > 0 && batchNorm ? runningMeans[l - 1].length : 0;
      double[] scales = new double[normalized];
      double[] shifts = new double[normalized];
      if (normalized > 0) {
        float[] factors = parameters[2 * layers + 2 * (l - 1)].toFloatArray();
        float[] added = parameters[2 * layers + 2 * (l - 1) + 1].toFloatArray();
        for (int i = 0; i < normalized; i++) {
          scales[i] = factors[i] / Math.sqrt(runningVariances[l - 1][i] + EPSILON);
          shifts[i] = added[i] - scales[i] * runningMeans[l - 1][i];
        }
      }
      folded.add(FoldedLayer.of(matrix, biases, scales, shifts));
    }
    return folded;
  }

  /**
   * The step of each latent as {@link #layers} has it, without the batch normalization behind it;
   * null where none are learned.
   */
  double @Nullable [] steps() {
    if (rate == null) {
      return null;
    }
    float[] own = rate.steps(parameters).toFloatArray();
    double[] steps = new double[own.length];
    for (int latent = 0; latent < steps.length; latent++) {
      steps[latent] = own[latent];
      if (batchNorm) {
        float factor = parameters[2 * layers + 2 * latentLayer].toFloatArray()[latent];
        double deviation = Math.sqrt(runningVariances[latentLayer][latent] + EPSILON);
        steps[latent] *= deviation / Math.max(Math.abs(factor), Float.MIN_NORMAL);
      }
    }
    return steps;
  }

  /** The number of the encoder's last layer. */
  int latentLayer() {
    return latentLayer;
  }

  @Override
  public void close() {
    backpropagation.close();
    manager.close();
  }
}
