package org.jetfold.cli.onnx;

import java.util.function.ToDoubleFunction;
import org.jetfold.codec.autoencoder.Normalization.Azimuth;
import org.jspecify.annotations.Nullable;

/**
 * The float64 operators of angles that come round, for all columns of a tensor (rows × columns).
 * Results for columns that are no azimuths do not matter. Not thread-safe.
 */
final class AzimuthNodes {
  private static final double TURN = 2 * Math.PI;

  /** Floats around ±π and 2π lie a little outside the turn. */
  private static final double TOLERANCE = 1e-6;

  private final OnnxGraph graph;
  private final @Nullable Azimuth[] columns;
  private final long[] references;
  private final boolean[] areRelative;

  /**
   * Operators of a graph.
   *
   * @param columns one for each column; null for those that are no azimuths
   * @param variables how many columns a jet has; a reference is one of the same jet
   */
  AzimuthNodes(OnnxGraph graph, @Nullable Azimuth[] columns, int variables) {
    this.graph = graph;
    this.columns = columns;
    references = new long[columns.length];
    areRelative = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Azimuth azimuth = columns[i];
      areRelative[i] = azimuth != null && azimuth.reference() >= 0;
      references[i] =
          azimuth != null && areRelative[i] ? i - i % variables + azimuth.reference() : i;
    }
  }

  private String all(ToDoubleFunction<Azimuth> part) {
    double[] row = new double[columns.length];
    for (int i = 0; i < row.length; i++) {
      Azimuth azimuth = columns[i];
      row[i] = azimuth == null ? 1 : part.applyAsDouble(azimuth);
    }
    return graph.constant(row);
  }

  private String middles() {
    return all(azimuth -> azimuth.positive() ? Math.PI : 0);
  }

  private String ofReferences(String tensor) {
    return graph.node("Gather", "axis", 1, tensor, graph.table(references));
  }

  private String wrapped(String angle) {
    String turn = graph.constant(new double[] {TURN});
    String turns = graph.node("Round", graph.node("Div", angle, turn));
    return graph.node("Sub", angle, graph.node("Mul", turns, turn));
  }

  /** Normalizes; NaN where a value is outside the turn. */
  String apply(String x) {
    String middles = middles();
    String origins = graph.node("Where", graph.constant(areRelative), ofReferences(x), middles);
    String y = graph.node("Div", wrapped(graph.node("Sub", x, origins)), all(Azimuth::width));
    String isWithin =
        graph.node(
            "LessOrEqual",
            graph.node("Abs", graph.node("Sub", x, middles)),
            graph.constant(new double[] {Math.PI + TOLERANCE}));
    return graph.node("Where", isWithin, y, graph.constant(new double[] {Double.NaN}));
  }

  /** Undoes the normalization. */
  String undo(String y) {
    String angles = graph.node("Mul", y, all(Azimuth::width));
    String alone = withinTurn(angles);
    String zero = graph.constant(new double[] {0});
    String shifts =
        graph.node(
            "Where",
            graph.constant(areRelative),
            graph.node("Sub", ofReferences(alone), middles()),
            zero);
    return withinTurn(graph.node("Add", angles, shifts));
  }

  private String withinTurn(String angles) {
    String turned = graph.node("Add", wrapped(angles), middles());
    return graph.node(
        "Max", graph.node("Min", turned, all(Azimuth::highest)), all(Azimuth::lowest));
  }
}
