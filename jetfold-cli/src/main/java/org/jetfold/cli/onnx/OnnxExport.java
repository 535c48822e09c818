package org.jetfold.cli.onnx;

import java.util.Collections;
import java.util.List;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.Normalization;

/**
 * An autoencoder as two ONNX models, with the normalization in float64 and the networks in float32.
 *
 * <p>The encoder computes {@code latents} and {@code normalized} from {@code values} (jets ×
 * inputs). Values that are not finite or outside the domain of their normalization become 0, as in
 * the codec. The decoder computes {@code values} and {@code normalized} from {@code latents} and,
 * where the model keeps variables, {@code kept} (normalized values).
 */
public final class OnnxExport {
  private final Autoencoder model;
  private final AutoencoderDescription description;
  private final List<Normalization> normalizations;

  /** An export of a model. */
  public OnnxExport(Autoencoder model) {
    this.model = model;
    description = model.description();
    List<Normalization> one =
        description.variables().stream().map(AutoencoderVariable::normalization).toList();
    normalizations =
        Collections.nCopies(description.jets(), one).stream().flatMap(List::stream).toList();
  }

  /** The encoder's bytes. */
  public byte[] encoder() {
    OnnxGraph graph = new OnnxGraph();
    graph.value(true, "values", description.inputs());
    graph.value(false, "latents", description.latents());
    graph.value(false, "normalized", description.inputs());
    String x = graph.node("Cast", "to", OnnxGraph.DOUBLE, "values");
    String y = nodes(graph).apply(x);
    String bad = graph.node("Or", graph.node("IsNaN", y), graph.node("IsInf", y));
    String zero = graph.constant(new double[] {0});
    String normalized =
        graph.node("Cast", "to", OnnxGraph.FLOAT, graph.node("Where", bad, zero, y));
    graph.output("normalized", normalized);
    graph.output("latents", encoderLayers(graph, normalized));
    return graph.model("encoder", description.producer());
  }

  /**
   * The bytes of the encoder without normalization: {@code normalized} to {@code latents}, in
   * float32 alone.
   */
  public byte[] encoderNetwork() {
    OnnxGraph graph = new OnnxGraph();
    graph.value(true, "normalized", description.inputs());
    graph.value(false, "latents", description.latents());
    graph.output("latents", encoderLayers(graph, "normalized"));
    return graph.model("encoder network", description.producer());
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
    String values = nodes(graph).undo(y);
    graph.output("values", graph.node("Cast", "to", OnnxGraph.FLOAT, values));
    return graph.model("decoder", description.producer());
  }

  private NormalizationNodes nodes(OnnxGraph graph) {
    return new NormalizationNodes(graph, normalizations, description.variables().size());
  }

  private String encoderLayers(OnnxGraph graph, String from) {
    return layers(graph, model.encoderLayers(), from, description.latentActivated());
  }

  private String layers(
      OnnxGraph graph, List<DenseLayer> layers, String from, boolean lastActivated) {
    return new NetworkNodes(graph, description.activation()).of(layers, from, lastActivated, null);
  }
}
