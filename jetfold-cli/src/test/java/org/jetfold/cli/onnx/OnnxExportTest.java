package org.jetfold.cli.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime computes with an exported model what the codec computes. */
class OnnxExportTest {
  static final int JETS = 300;
  private static final double NETWORK = 1e-5;
  private static final double VALUES = 1e-4;

  private static final List<Normalization> FORMULAS =
      List.of(
          new Normalization.Formula(true, 1e-3, 1, 0, 1.8),
          new Normalization.Formula(true, 1e-3, 0, 1.3, 1.2),
          new Normalization.Formula(false, 1, 0, 0, 3),
          new Normalization.Formula(false, 1, 0, 0.1, 5));

  /** The numbers of knots: a single line, and numbers that are no powers of two. */
  private static final int[] KNOTS = {257, 2, 100, 3};

  static Autoencoder model(
      Random random,
      Activation activation,
      boolean activated,
      boolean kept,
      int jets,
      List<Normalization> normalizations) {
    List<AutoencoderVariable> variables =
        List.of(
            variable("m", false, normalizations.get(0)),
            variable("pt", kept, normalizations.get(1)),
            variable("phi", false, normalizations.get(2)),
            variable("eta", kept, normalizations.get(3)));
    AutoencoderDescription description =
        new AutoencoderDescription(
            "test 1",
            "",
            EnergyUnit.MEV,
            jets,
            activation,
            activated,
            variables,
            List.of(200, 200, 20),
            3);
    return Autoencoder.of(
        description,
        layers(random, description.encoderWidths()),
        layers(random, description.decoderWidths()));
  }

  private static AutoencoderVariable variable(
      String name, boolean kept, Normalization normalization) {
    return new AutoencoderVariable(name, false, kept, normalization);
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
        biases[i] = (float) (0.2 * random.nextGaussian());
      }
      layers.add(new DenseLayer(weights, biases));
    }
    return layers;
  }

  /** Logits of the values' distribution, from the middle half alone, so that others lie outside. */
  private static Normalization knots(double[] values, int count) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).distinct().sorted().toArray();
    double[] x = new double[count];
    double[] y = new double[count];
    for (int k = 0; k < count; k++) {
      double place = 0.25 + 0.5 * k / (count - 1);
      double at = place * (sorted.length - 1);
      int below = (int) at;
      x[k] = sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
      y[k] = Math.log(place / (1 - place));
    }
    return new Normalization.Knots(x, y);
  }

  static List<Normalization> normalizations(String kind, double[][] values) {
    List<Normalization> all = new ArrayList<>(FORMULAS);
    for (int v = 0; v < values.length; v++) {
      if (kind.equals("knots") || (kind.equals("both") && v % 2 == 0)) {
        all.set(v, knots(values[v], KNOTS[v]));
      }
    }
    if (kind.equals("azimuths")) {
      all.set(2, new Normalization.Azimuth(false, 1.5, -1));
      all.set(3, new Normalization.Azimuth(true, 0.7, 2));
    }
    return all;
  }

  static double[][] jets(Random random) {
    double[][] values = new double[4][JETS];
    for (int i = 0; i < JETS; i++) {
      // Some masses have no logarithm.
      values[0][i] = (float) (i % 20 == 0 ? -2000 : 5000 * random.nextDouble());
      values[1][i] = (float) (20_000 * Math.exp(random.nextDouble() * 3));
      values[2][i] = (float) (random.nextDouble() * 6 - 3);
      values[3][i] = (float) (random.nextGaussian() * 2);
    }
    for (int v = 0; v < 4; v++) {
      values[v][v] = Double.NaN;
      values[v][10 + v] = Double.POSITIVE_INFINITY;
      values[v][20 + v] = Double.NEGATIVE_INFINITY;
    }
    return values;
  }

  private static OrtSession.SessionOptions oneThread() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return options;
  }

  private static Map<String, float[][]> run(byte[] onnx, Map<String, float[][]> inputs)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = oneThread();
        OrtSession session = environment.createSession(onnx, options)) {
      Map<String, OnnxTensor> tensors = new HashMap<>();
      for (Map.Entry<String, float[][]> input : inputs.entrySet()) {
        tensors.put(input.getKey(), OnnxTensor.createTensor(environment, input.getValue()));
      }
      Map<String, float[][]> outputs = new HashMap<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (String name : session.getOutputNames()) {
          outputs.put(name, (float[][]) result.get(name).orElseThrow().getValue());
        }
      }
      return outputs;
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "TANH,false,false,1,formulas",
    "LEAKY_RELU,true,false,1,formulas",
    "TANH,true,true,1,formulas",
    "LEAKY_RELU,false,true,2,formulas",
    "TANH,false,false,1,knots",
    "LEAKY_RELU,false,true,2,both",
    "TANH,false,false,1,azimuths",
    "LEAKY_RELU,true,false,2,azimuths"
  })
  void agreesWithOnnxRuntime(
      Activation activation, boolean activated, boolean kept, int together, String kind)
      throws OrtException {
    Random random = new Random(3);
    double[][] values = jets(random);
    Autoencoder model =
        model(random, activation, activated, kept, together, normalizations(kind, values));
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    float[][] normalized = new float[4][];
    for (int v = 0; v < 4; v++) {
      normalized[v] = networks.normalized(v, values);
    }
    InputRows rows = InputRows.ofEvents(new int[] {0, JETS}, together);
    float[][] latents = networks.encode(normalized, rows);
    boolean[] wanted = {true, true, true, true};
    double[][] restored = networks.decode(latents, normalized, wanted, rows);

    float[][] inputs = new float[rows.count()][4 * together];
    float[][] given = new float[rows.count()][latents.length];
    float[][] keptInputs = new float[rows.count()][2 * together];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 0; i < 4 * together; i++) {
        inputs[row][i] = (float) values[i % 4][row * together + i / 4];
      }
      for (int l = 0; l < latents.length; l++) {
        given[row][l] = latents[l][row];
      }
      for (int jet = 0; jet < together; jet++) {
        keptInputs[row][2 * jet] = finite(normalized[1][row * together + jet]);
        keptInputs[row][2 * jet + 1] = finite(normalized[3][row * together + jet]);
      }
    }
    OnnxExport export = new OnnxExport(model);
    Map<String, float[][]> encoded = run(export.encoder(), Map.of("values", inputs));
    Map<String, float[][]> decoderInputs = new HashMap<>(Map.of("latents", given));
    if (kept) {
      decoderInputs.put("kept", keptInputs);
    }
    Map<String, float[][]> decoded = run(export.decoder(), decoderInputs);
    for (int row = 0; row < rows.count(); row++) {
      for (int l = 0; l < latents.length; l++) {
        assertThat((double) encoded.get("latents")[row][l])
            .isCloseTo(latents[l][row], within(NETWORK));
      }
      for (int i = 0; i < 4 * together; i++) {
        int jet = row * together + i / 4;
        float expected = normalized[i % 4][jet];
        assertThat((double) encoded.get("normalized")[row][i])
            .isCloseTo(finite(expected), within(NETWORK));
        double value = restored[i % 4][jet];
        Normalization normalization = model.description().variables().get(i % 4).normalization();
        if (!(normalization instanceof Normalization.Azimuth)) {
          // An angle does not say how often it has come round.
          assertThat((double) decoded.get("normalized")[row][i])
              .isCloseTo(normalization.apply(value), within(NETWORK));
        }
        // What is near zero has no relative error to speak of.
        double scale = Math.max(Math.abs(value), i % 4 == 0 ? 1000 : 1);
        assertThat((double) decoded.get("values")[row][i]).isCloseTo(value, within(VALUES * scale));
      }
    }
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }

  @Test
  void theNetworkAloneGivesTheSameLatents() throws OrtException {
    Autoencoder model = model(new Random(1), Activation.LEAKY_RELU, true, false, 1, FORMULAS);
    float[][] values = {{5000, 30_000, 1, -2}};
    OnnxExport export = new OnnxExport(model);
    Map<String, float[][]> whole = run(export.encoder(), Map.of("values", values));
    Map<String, float[][]> network =
        run(export.encoderNetwork(), Map.of("normalized", whole.get("normalized")));
    assertThat(network.get("latents")[0])
        .containsExactly(whole.get("latents")[0], offset((float) NETWORK));
  }
}
