package org.jetfold.cli.onnx;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.Normalization;

/**
 * An autoencoder as two ONNX models, normalization inside (in float64, the networks in float32).
 *
 * <p>The encoder: {@code values} (jets × inputs) to {@code latents}, and {@code normalized}. What
 * is outside a normalization's domain, or not finite, counts as 0, as in the codec. The decoder:
 * {@code latents}, and {@code kept} (normalized values) where the model keeps variables, to {@code
 * values} and {@code normalized}.
 */
public final class OnnxExport {
  private static final double LN_10 = 2.302585092994046;

  private final Autoencoder model;
  private final AutoencoderDescription description;
  private final Normalization.Formula[] formulas;

  /**
   * An export.
   *
   * @throws IllegalArgumentException where a variable's normalization has knots, for which ONNX has
   *     no operator
   */
  public OnnxExport(Autoencoder model) {
    this.model = model;
    description = model.description();
    List<AutoencoderVariable> variables = description.variables();
    formulas = new Normalization.Formula[description.inputs()];
    for (int i = 0; i < formulas.length; i++) {
      AutoencoderVariable variable = variables.get(i % variables.size());
      formulas[i] =
          switch (variable.normalization()) {
            case Normalization.Formula formula -> formula;
            case Normalization.Knots _ ->
                throw new IllegalArgumentException(
                    "variable %s is normalized by knots, for which ONNX has no operator: train with"
                            .formatted(variable.name())
                        + " another --normalization than auto");
          };
    }
  }

  private interface Part {
    double of(Normalization.Formula formula);
  }

  private double[] all(Part part) {
    return Arrays.stream(formulas).mapToDouble(part::of).toArray();
  }

  private String logarithms(OnnxGraph graph) {
    boolean[] logarithms = new boolean[formulas.length];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = formulas[i].logarithm();
    }
    return graph.constant(logarithms);
  }

  /** The encoder's bytes. */
  public byte[] encoder() {
    OnnxGraph graph = new OnnxGraph();
    graph.value(true, "values", description.inputs());
    graph.value(false, "latents", description.latents());
    graph.value(false, "normalized", description.inputs());
    String x = graph.node("Cast", "to", OnnxGraph.DOUBLE, "values");
    String u =
        graph.node(
            "Add",
            graph.node("Mul", x, graph.constant(all(Normalization.Formula::factor))),
            graph.constant(all(Normalization.Formula::offset)));
    String isLog = logarithms(graph);
    String ones = graph.constant(all(_ -> 1));
    String zero = graph.constant(new double[] {0});
    // Where there is no logarithm, that of 1 is taken, and not looked at.
    String log =
        graph.node(
            "Div",
            graph.node("Log", graph.node("Where", isLog, u, ones)),
            graph.constant(new double[] {LN_10}));
    String mapped = graph.node("Where", isLog, log, u);
    String y =
        graph.node(
            "Div",
            graph.node("Sub", mapped, graph.constant(all(Normalization.Formula::centre))),
            graph.constant(all(Normalization.Formula::width)));
    String bad = graph.node("Or", graph.node("IsNaN", y), graph.node("IsInf", y));
    String normalized =
        graph.node("Cast", "to", OnnxGraph.FLOAT, graph.node("Where", bad, zero, y));
    graph.output("normalized", normalized);
    graph.output(
        "latents", layers(graph, model.encoderLayers(), normalized, description.latentActivated()));
    return graph.model("encoder", description.producer());
  }

  /** The decoder's bytes. */
  public byte[] decoder() {
    OnnxGraph graph = new OnnxGraph();
    int kept = description.jets() * description.kept().size();
    graph.value(true, "latents", description.latents());
    String inputs = "latents";
    if (kept > 0) {
      graph.value(true, "kept", kept);
      inputs = graph.node("Concat", "axis", 1, "latents", "kept");
    }
    graph.value(false, "values", description.inputs());
    graph.value(false, "normalized", description.inputs());
    String normalized = layers(graph, model.decoderLayers(), inputs, false);
    graph.output("normalized", normalized);
    String y = graph.node("Cast", "to", OnnxGraph.DOUBLE, normalized);
    String u =
        graph.node(
            "Add",
            graph.node("Mul", y, graph.constant(all(Normalization.Formula::width))),
            graph.constant(all(Normalization.Formula::centre)));
    String isLog = logarithms(graph);
    String zero = graph.constant(new double[] {0});
    String exponent =
        graph.node(
            "Mul", graph.node("Where", isLog, u, zero), graph.constant(new double[] {LN_10}));
    String raised = graph.node("Where", isLog, graph.node("Exp", exponent), u);
    String values =
        graph.node(
            "Div",
            graph.node("Sub", raised, graph.constant(all(Normalization.Formula::offset))),
            graph.constant(all(Normalization.Formula::factor)));
    graph.output("values", graph.node("Cast", "to", OnnxGraph.FLOAT, values));
    return graph.model("decoder", description.producer());
  }

  private String layers(
      OnnxGraph graph, List<DenseLayer> layers, String from, boolean lastActivated) {
    String tensor = from;
    for (int l = 0; l < layers.size(); l++) {
      DenseLayer layer = layers.get(l);
      String weights = graph.constant(layer.weights(), layer.outputs(), layer.inputs());
      String biases = graph.constant(layer.biases(), 1, layer.outputs());
      tensor = graph.node("Gemm", "transB", 1, tensor, weights, biases);
      if (l + 1 < layers.size() || lastActivated) {
        tensor =
            description.activation() == Activation.TANH
                ? graph.node("Tanh", tensor)
                : graph.node("LeakyRelu", "alpha", Activation.SLOPE, tensor);
      }
    }
    return tensor;
  }
}
