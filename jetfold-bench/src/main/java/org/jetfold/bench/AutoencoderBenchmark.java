package org.jetfold.bench;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jetfold.cli.onnx.OnnxExport;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.EventNetwork;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.network.Kernels;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An autoencoder's encoder beside ONNX Runtime with the model that {@code jetfold export} writes,
 * on one thread. Weights are random: they do not change what it takes. Times are those of the whole
 * batch.
 *
 * <ul>
 *   <li>{@code network}: normalized values to latents, lanes across jets, as files are written;
 *   <li>{@code event}: the same, lanes across the outputs of a layer, as a trigger has the jets of
 *       an event;
 *   <li>{@code onnxNetwork}: the same in ONNX Runtime;
 *   <li>{@code values}, {@code eventValues}, {@code onnxValues}: with normalization, from the jets'
 *       values;
 *   <li>{@code peak}: as many multiply-adds as the encoder has weights, for each jet, in registers.
 * </ul>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AutoencoderBenchmark {
  private static final long SEED = 1;

  /** Latents of both may differ by so much: they add up in another order. */
  private static final float TOLERANCE = 1e-4f;

  /** A network of the field. */
  @Param({"tla-27d", "tla-4d"})
  public String network = "";

  /** How many jets go in together. */
  @Param({"1", "5", "64", "1024"})
  public int batch;

  private List<Normalization> normalizations = List.of();
  private JetNetworks networks = uninitialized();
  private EventNetwork event = uninitialized();
  private OnnxRuntimeModel onnxNetwork = uninitialized();
  private OnnxRuntimeModel onnxWhole = uninitialized();
  private InputRows rows = uninitialized();
  private double[][] values = {};
  private float[][] normalized = {};
  private float[] valueRows = {};
  private float[] normalizedRows = {};
  private int latents;
  private long multiplyAdds;

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // JMH calls set-up first.
  private static <T> T uninitialized() {
    return null;
  }

  /** Makes model and jets, and checks that all ways give the same latents. */
  @Setup(Level.Trial)
  public void setUp() throws OrtException {
    Random random = new Random(SEED);
    Autoencoder model = model(random);
    AutoencoderDescription description = model.description();
    int width = description.inputs();
    normalizations =
        description.variables().stream().map(AutoencoderVariable::normalization).toList();
    networks = new JetNetworks(model, Kernels.best());
    event = model.eventEncoder(Kernels.best());
    rows = InputRows.single(batch);
    values = new double[width][batch];
    normalized = new float[width][];
    valueRows = new float[batch * width];
    normalizedRows = new float[batch * width];
    for (int v = 0; v < width; v++) {
      for (int jet = 0; jet < batch; jet++) {
        float value = (float) normalizations.get(v).undo(0.5 * random.nextGaussian());
        values[v][jet] = value;
        valueRows[jet * width + v] = value;
      }
      normalized[v] = networks.normalized(v, values);
      for (int jet = 0; jet < batch; jet++) {
        normalizedRows[jet * width + v] = normalized[v][jet];
      }
    }
    latents = description.latents();
    multiplyAdds =
        (long) batch * model.encoderLayers().stream().mapToInt(l -> l.weights().length).sum();
    OnnxExport export = new OnnxExport(model);
    onnxNetwork =
        new OnnxRuntimeModel(
            export.encoderNetwork(), batch, "normalized", width, "latents", latents);
    onnxWhole = new OnnxRuntimeModel(export.encoder(), batch, "values", width, "latents", latents);
    requireSame(network(), onnxNetwork());
    requireSame(values(), onnxValues());
    System.out.printf(
        "%n%s: %d weights of the encoder, %d jets, %s%n",
        network, multiplyAdds / batch, batch, Kernels.best().name());
  }

  /** A preset's network; means and deviations are some numbers, too. */
  private Autoencoder model(Random random) {
    AutoencoderPreset preset =
        AutoencoderPreset.all().stream()
            .filter(each -> each.name().equals(network))
            .findFirst()
            .orElseThrow();
    List<AutoencoderVariable> variables = new ArrayList<>();
    for (AutoencoderPreset.Variable variable : preset.variables()) {
      Normalization.Formula formula = variable.formula();
      Normalization normalization =
          formula == null ? new Normalization.Formula(false, 1, 0, 0.1, 2) : formula;
      variables.add(new AutoencoderVariable(variable.name(), false, false, normalization));
    }
    AutoencoderDescription description =
        new AutoencoderDescription(
            "benchmark",
            network,
            null,
            1,
            preset.activation(),
            preset.batchNorm(),
            variables,
            preset.hidden(),
            preset.latents());
    return Autoencoder.of(
        description,
        layers(random, description.encoderWidths()),
        layers(random, description.decoderWidths()));
  }

  private static List<DenseLayer> layers(Random random, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      float[] weights = new float[widths[l] * widths[l - 1]];
      float[] biases = new float[widths[l]];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (random.nextGaussian() / Math.sqrt(widths[l - 1]));
      }
      for (int i = 0; i < biases.length; i++) {
        biases[i] = (float) (0.1 * random.nextGaussian());
      }
      layers.add(new DenseLayer(weights, biases));
    }
    return layers;
  }

  private void requireSame(float[][] ours, FloatBuffer theirs) {
    float[] alone = event.run(normalizedRows, batch);
    for (int jet = 0; jet < batch; jet++) {
      for (int l = 0; l < latents; l++) {
        if (alone[jet * event.stride() + l] != ours[l][jet]
            || !(Math.abs(ours[l][jet] - theirs.get(jet * latents + l)) < TOLERANCE)) {
          throw new IllegalStateException("the latents differ");
        }
      }
    }
  }

  /** Ends ONNX Runtime's sessions. */
  @TearDown
  public void tearDown() throws OrtException {
    onnxNetwork.close();
    onnxWhole.close();
  }

  /** See the class. */
  @Benchmark
  public float[][] network() {
    return networks.encode(normalized, rows);
  }

  /** See the class. */
  @Benchmark
  public float[] event() {
    return event.run(normalizedRows, batch);
  }

  /** See the class. */
  @Benchmark
  public FloatBuffer onnxNetwork() throws OrtException {
    return onnxNetwork.run(normalizedRows);
  }

  /** See the class. */
  @Benchmark
  public float[][] values() {
    float[][] inputs = new float[values.length][];
    for (int v = 0; v < values.length; v++) {
      inputs[v] = networks.normalized(v, values);
    }
    return networks.encode(inputs, rows);
  }

  /** See the class. */
  @Benchmark
  public float[] eventValues() {
    int width = values.length;
    for (int jet = 0; jet < batch; jet++) {
      for (int v = 0; v < width; v++) {
        float y = (float) normalizations.get(v).apply(values[v][jet]);
        normalizedRows[jet * width + v] = Float.isFinite(y) ? y : 0;
      }
    }
    return event.run(normalizedRows, batch);
  }

  /** See the class. */
  @Benchmark
  public FloatBuffer onnxValues() throws OrtException {
    return onnxWhole.run(valueRows);
  }

  /** See the class. */
  @Benchmark
  public float peak() {
    return MultiplyAdds.inRegisters(multiplyAdds);
  }
}
