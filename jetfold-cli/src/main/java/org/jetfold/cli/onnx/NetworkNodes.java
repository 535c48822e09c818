package org.jetfold.cli.onnx;

import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jspecify.annotations.Nullable;

/** The float32 operators of a network: a Gemm for each layer, and activations. */
final class NetworkNodes {
  private final OnnxGraph graph;
  private final Activation activation;

  NetworkNodes(OnnxGraph graph, Activation activation) {
    this.graph = graph;
    this.activation = activation;
  }

  /**
   * Adds the layers.
   *
   * @param from the name of their input
   * @param lastActivated whether an activation follows the last layer
   * @param output the name of their output; null for any
   * @return the name of their output
   */
  String of(List<DenseLayer> layers, String from, boolean lastActivated, @Nullable String output) {
    String tensor = from;
    for (int l = 0; l < layers.size(); l++) {
      DenseLayer layer = layers.get(l);
      boolean isLast = l + 1 == layers.size();
      boolean isActivated = !isLast || lastActivated;
      String weights = graph.constant(layer.weights(), layer.outputs(), layer.inputs());
      String biases = graph.constant(layer.biases(), 1, layer.outputs());
      if (isLast && !isActivated && output != null) {
        graph.nameNext(output);
      }
      tensor = graph.node("Gemm", "transB", 1, tensor, weights, biases);
      if (isActivated) {
        if (isLast && output != null) {
          graph.nameNext(output);
        }
        tensor =
            activation == Activation.TANH
                ? graph.node("Tanh", tensor)
                : graph.node("LeakyRelu", "alpha", Activation.SLOPE, tensor);
      }
    }
    return tensor;
  }
}
