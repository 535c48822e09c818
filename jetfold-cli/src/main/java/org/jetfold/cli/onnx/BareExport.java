package org.jetfold.cli.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.Normalization;

/**
 * The networks of an autoencoder alone, in float32: {@code Gemm} and activations, which every
 * hardware tool knows. Normalizations that are linear are folded into the first or last layer, so
 * that these take or give the variable's values; the others are told in JSON, for whoever computes
 * them.
 *
 * <p>The encoder computes {@code latents} from {@code inputs}: the variables of each jet. The
 * decoder computes {@code outputs} from {@code inputs}: the latents, and behind them the kept
 * variables.
 */
public final class BareExport {
  private final Autoencoder model;
  private final AutoencoderDescription description;

  /** An export of a model. */
  public BareExport(Autoencoder model) {
    this.model = model;
    description = model.description();
  }

  /**
   * A variable of a jet, as a column of an input or output.
   *
   * @param jet its number among those of an input
   */
  private record Slot(AutoencoderVariable variable, int jet) {
    /** Slope and start of y = slope·x + start; empty where it is not linear. */
    double[] line() {
      return variable.normalization() instanceof Normalization.Formula formula
              && !formula.logarithm()
          ? new double[] {
            formula.factor() / formula.width(),
            (formula.offset() - formula.centre()) / formula.width()
          }
          : new double[0];
    }

    boolean isFolded() {
      return line().length > 0;
    }
  }

  private List<Slot> slots(List<AutoencoderVariable> variables) {
    List<Slot> slots = new ArrayList<>();
    for (int jet = 0; jet < description.jets(); jet++) {
      for (AutoencoderVariable variable : variables) {
        slots.add(new Slot(variable, jet));
      }
    }
    return slots;
  }

  private List<Slot> all() {
    return slots(description.variables());
  }

  private List<Slot> kept() {
    return slots(description.kept().stream().map(description.variables()::get).toList());
  }

  /** The encoder's bytes. */
  public byte[] encoder() {
    OnnxGraph graph = new OnnxGraph();
    graph.value(true, "inputs", description.inputs());
    graph.value(false, "latents", description.latents());
    new NetworkNodes(graph, description.activation())
        .of(
            foldedInto(model.encoderLayers(), 0, all()),
            "inputs",
            description.latentActivated(),
            "latents");
    return graph.model("bare encoder", description.producer());
  }

  /** The decoder's bytes. */
  public byte[] decoder() {
    OnnxGraph graph = new OnnxGraph();
    List<Slot> kept = kept();
    graph.value(true, "inputs", description.latents() + kept.size());
    graph.value(false, "outputs", description.inputs());
    List<DenseLayer> layers = foldedInto(model.decoderLayers(), description.latents(), kept);
    new NetworkNodes(graph, description.activation())
        .of(foldedOutOf(layers, all()), "inputs", false, "outputs");
    return graph.model("bare decoder", description.producer());
  }

  /** The first layer takes values where their normalization is linear: W(ax + b) + c. */
  private static List<DenseLayer> foldedInto(List<DenseLayer> layers, int from, List<Slot> slots) {
    DenseLayer first = layers.getFirst();
    float[] weights = first.weights().clone();
    double[] biases = new double[first.outputs()];
    for (int o = 0; o < biases.length; o++) {
      biases[o] = first.biases()[o];
      for (int i = 0; i < slots.size(); i++) {
        double[] line = slots.get(i).line();
        int place = o * first.inputs() + from + i;
        if (line.length > 0) {
          biases[o] += first.weights()[place] * line[1];
          weights[place] = (float) (first.weights()[place] * line[0]);
        }
      }
    }
    List<DenseLayer> folded = new ArrayList<>(layers);
    folded.set(0, new DenseLayer(weights, floats(biases)));
    return folded;
  }

  /** The last layer gives values where their normalization is linear: (Wx + c − b)/a. */
  private static List<DenseLayer> foldedOutOf(List<DenseLayer> layers, List<Slot> slots) {
    DenseLayer last = layers.getLast();
    float[] weights = last.weights().clone();
    double[] biases = new double[last.outputs()];
    for (int o = 0; o < biases.length; o++) {
      biases[o] = last.biases()[o];
      double[] line = slots.get(o).line();
      if (line.length > 0) {
        biases[o] = (biases[o] - line[1]) / line[0];
        for (int i = o * last.inputs(); i < (o + 1) * last.inputs(); i++) {
          weights[i] = (float) (last.weights()[i] / line[0]);
        }
      }
    }
    List<DenseLayer> folded = new ArrayList<>(layers);
    folded.set(layers.size() - 1, new DenseLayer(weights, floats(biases)));
    return folded;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** What the columns of the encoder's input are, as JSON. */
  public byte[] encoderJson() throws IOException {
    return json(json -> {
      json.writeStringField("network", "encoder");
      write("inputs", all(), json);
      json.writeNumberField("latents", description.latents());
    });
  }

  /** What the columns of the decoder's input and output are, as JSON. */
  public byte[] decoderJson() throws IOException {
    return json(json -> {
      json.writeStringField("network", "decoder");
      json.writeNumberField("latents", description.latents());
      write("inputsBehindLatents", kept(), json);
      write("outputs", all(), json);
    });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private byte[] json(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("preset", description.name());
      json.writeStringField(
          "unit", description.unit() == null ? null : description.unit().symbol());
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static void write(String name, List<Slot> slots, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(name);
    for (Slot slot : slots) {
      json.writeStartObject();
      json.writeStringField("variable", slot.variable.name());
      json.writeNumberField("jet", slot.jet);
      json.writeBooleanField("folded", slot.isFolded());
      // What an input is where a value is not finite or outside the domain.
      double[] line = slot.line();
      json.writeNumberField("missing", slot.isFolded() ? -line[1] / line[0] : 0);
      if (!slot.isFolded()) {
        write(slot.variable.normalization(), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Normalization normalization, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("normalization");
    json.writeStringField(
        "kind", normalization.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    switch (normalization) {
      case Normalization.Formula formula -> {
        json.writeBooleanField("logarithm", formula.logarithm());
        json.writeNumberField("factor", formula.factor());
        json.writeNumberField("offset", formula.offset());
        json.writeNumberField("centre", formula.centre());
        json.writeNumberField("width", formula.width());
      }
      case Normalization.Knots(double[] x, double[] y) -> {
        json.writeFieldName("x");
        json.writeArray(x, 0, x.length);
        json.writeFieldName("y");
        json.writeArray(y, 0, y.length);
      }
      case Normalization.Azimuth azimuth -> {
        json.writeBooleanField("positive", azimuth.positive());
        json.writeNumberField("width", azimuth.width());
        json.writeNumberField("reference", azimuth.reference());
      }
    }
    json.writeEndObject();
  }
}
