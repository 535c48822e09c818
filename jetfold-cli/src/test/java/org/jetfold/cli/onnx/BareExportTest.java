package org.jetfold.cli.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.network.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bare networks, computed by a reader of their few operators, give what the codec gives. */
final class BareExportTest {
  /** A bare network, given what its JSON says of its inputs, computes the same. */
  @ParameterizedTest
  @CsvSource({
    "TANH,false,false,1,formulas",
    "LEAKY_RELU,true,true,2,formulas",
    "TANH,false,true,1,both",
    "LEAKY_RELU,false,false,2,azimuths"
  })
  void bareNetworksComputeTheSame(
      Activation activation, boolean activated, boolean kept, int together, String kind)
      throws IOException {
    Random random = new Random(3);
    double[][] values = OnnxExportTest.jets(random);
    Autoencoder model =
        OnnxExportTest.model(
            random,
            activation,
            activated,
            kept,
            together,
            OnnxExportTest.normalizations(kind, values));
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    float[][] normalized = new float[4][];
    for (int v = 0; v < 4; v++) {
      normalized[v] = networks.normalized(v, values);
    }
    InputRows rows = InputRows.ofEvents(new int[] {0, OnnxExportTest.JETS}, together);
    float[][] latents = networks.encode(normalized, rows);
    double[][] restored =
        networks.decode(latents, normalized, new boolean[] {true, true, true, true}, rows);
    BareExport export = new BareExport(model);
    List<Slot> ofEncoder = slots(export.encoderJson(), "inputs");
    List<Slot> behindLatents = slots(export.decoderJson(), "inputsBehindLatents");
    List<Slot> ofDecoder = slots(export.decoderJson(), "outputs");
    float[][] inputs = new float[rows.count()][4 * together];
    float[][] given = new float[rows.count()][latents.length + (kept ? 2 * together : 0)];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 0; i < 4 * together; i++) {
        inputs[row][i] = input(ofEncoder.get(i), row, together, values, normalized);
      }
      for (int i = 0; i < given[row].length; i++) {
        given[row][i] =
            i < latents.length
                ? latents[i][row]
                : input(behindLatents.get(i - latents.length), row, together, values, normalized);
      }
    }
    float[][] encoded = run(export.encoder(), "latents", inputs);
    float[][] decoded = run(export.decoder(), "outputs", given);
    for (int row = 0; row < rows.count(); row++) {
      for (int l = 0; l < latents.length; l++) {
        assertThat((double) encoded[row][l]).isCloseTo(latents[l][row], within(1e-4));
      }
      for (int i = 0; i < 4 * together; i++) {
        double value = restored[i % 4][row * together + i / 4];
        double scale = Math.max(Math.abs(value), i % 4 == 0 ? 1000 : 1);
        Normalization normalization = model.description().variables().get(i % 4).normalization();
        boolean linear =
            normalization instanceof Normalization.Formula formula && !formula.logarithm();
        assertThat(ofDecoder.get(i).folded()).isEqualTo(linear);
        if (linear) {
          assertThat((double) decoded[row][i]).isCloseTo(value, within(1e-4 * scale));
        } else if (!(normalization instanceof Normalization.Azimuth)) {
          assertThat(normalization.undo(decoded[row][i])).isCloseTo(value, within(1e-4 * scale));
        }
      }
    }
  }

  /** A value, or its normalized one, as the JSON says. */
  private static float input(
      Slot slot, int row, int together, double[][] values, float[][] normalized) {
    int v = List.of("m", "pt", "phi", "eta").indexOf(slot.variable);
    int jet = row * together + slot.jet;
    if (!Float.isFinite(normalized[v][jet])) {
      return (float) slot.missing;
    }
    return slot.folded ? (float) values[v][jet] : normalized[v][jet];
  }

  /** What the JSON says of a column. */
  private record Slot(String variable, int jet, boolean folded, double missing) {}

  private static List<Slot> slots(byte[] json, String array) throws IOException {
    List<Slot> slots = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (!array.equals(parser.currentName()) || !parser.isExpectedStartArrayToken()) {
        parser.nextToken();
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken().isStructStart()) {
            parser.skipChildren();
          }
          fields.put(name, parser.getText());
        }
        slots.add(
            new Slot(
                fields.get("variable"),
                Integer.parseInt(fields.get("jet")),
                Boolean.parseBoolean(fields.get("folded")),
                Double.parseDouble(fields.get("missing"))));
      }
    }
    return slots;
  }

  /** Computes with a model of Gemm (B transposed), Tanh and LeakyRelu, one behind the other. */
  private static float[][] run(byte[] onnx, String output, float[][] rows) throws IOException {
    UnknownFieldSet graph = message(UnknownFieldSet.parseFrom(onnx), 7);
    assertThat(text(message(graph, 11), 1)).isEqualTo("inputs");
    assertThat(text(message(graph, 12), 1)).isEqualTo(output);
    Map<String, UnknownFieldSet> constants = new HashMap<>();
    for (UnknownFieldSet tensor : messages(graph, 5)) {
      constants.put(text(tensor, 8), tensor);
    }
    String before = "inputs";
    double[][] values = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      values[row] = new double[rows[row].length];
      for (int i = 0; i < values[row].length; i++) {
        values[row][i] = rows[row][i];
      }
    }
    for (UnknownFieldSet node : messages(graph, 1)) {
      List<String> inputs =
          node.getField(1).getLengthDelimitedList().stream().map(ByteString::toStringUtf8).toList();
      assertThat(inputs.getFirst()).isEqualTo(before);
      String operator = text(node, 4);
      for (int row = 0; row < values.length; row++) {
        values[row] =
            switch (operator) {
              case "Gemm" ->
                  layer(values[row], constants.get(inputs.get(1)), constants.get(inputs.get(2)));
              case "Tanh" -> Arrays.stream(values[row]).map(Math::tanh).toArray();
              case "LeakyRelu" ->
                  Arrays.stream(values[row]).map(x -> x < 0 ? Activation.SLOPE * x : x).toArray();
              default -> throw new AssertionError(operator);
            };
      }
      before = text(node, 2);
    }
    assertThat(before).isEqualTo(output);
    float[][] results = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      results[row] = new float[values[row].length];
      for (int i = 0; i < results[row].length; i++) {
        results[row][i] = (float) values[row][i];
      }
    }
    return results;
  }

  private static double[] layer(double[] x, UnknownFieldSet weights, UnknownFieldSet biases) {
    List<Long> shape = weights.getField(1).getVarintList();
    int outputs = shape.get(0).intValue();
    int inputs = shape.get(1).intValue();
    assertThat(inputs).isEqualTo(x.length);
    ByteBuffer w = raw(weights);
    ByteBuffer b = raw(biases);
    double[] y = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      y[o] = b.getFloat(Float.BYTES * o);
      for (int i = 0; i < inputs; i++) {
        y[o] += w.getFloat(Float.BYTES * (o * inputs + i)) * x[i];
      }
    }
    return y;
  }

  private static ByteBuffer raw(UnknownFieldSet tensor) {
    return tensor
        .getField(9)
        .getLengthDelimitedList()
        .getFirst()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field) throws IOException {
    List<UnknownFieldSet> found = new ArrayList<>();
    for (ByteString bytes : in.getField(field).getLengthDelimitedList()) {
      found.add(UnknownFieldSet.parseFrom(bytes));
    }
    return found;
  }

  private static UnknownFieldSet message(UnknownFieldSet in, int field) throws IOException {
    return messages(in, field).getFirst();
  }

  private static String text(UnknownFieldSet in, int field) {
    return in.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }
}
