package org.jetfold.cli.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.autoencoder.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * The float64 operators that normalize the columns of a tensor (rows × columns), and those that
 * undo it. Not thread-safe.
 */
final class NormalizationNodes {
  private static final double LN_10 = 2.302585092994046;

  /** For columns that have the other kind of normalization. */
  private static final Normalization.Formula IDENTITY =
      new Normalization.Formula(false, 1, 0, 0, 1);

  private final OnnxGraph graph;
  private final Normalization.Formula[] formulas;
  private final Normalization.@Nullable Knots[] knots;
  private final Normalization.@Nullable Azimuth[] azimuths;
  private final int variables;

  /**
   * Operators of a graph.
   *
   * @param normalizations one for each column
   * @param variables how many columns a jet has
   */
  NormalizationNodes(OnnxGraph graph, List<Normalization> normalizations, int variables) {
    this.graph = graph;
    this.variables = variables;
    formulas = new Normalization.Formula[normalizations.size()];
    knots = new Normalization.@Nullable Knots[formulas.length];
    azimuths = new Normalization.@Nullable Azimuth[formulas.length];
    for (int i = 0; i < formulas.length; i++) {
      formulas[i] = IDENTITY;
      switch (normalizations.get(i)) {
        case Normalization.Formula formula -> formulas[i] = formula;
        case Normalization.Knots lines -> knots[i] = lines;
        case Normalization.Azimuth azimuth -> azimuths[i] = azimuth;
      }
    }
  }

  /** Normalizes; NaN or infinite where a value is outside the domain, or not finite. */
  String apply(String x) {
    String others = either(x, this::applyFormulas, true);
    return hasAzimuths() ? among(others, azimuths().apply(x)) : others;
  }

  /** Undoes the normalization. */
  String undo(String y) {
    String others = either(y, this::undoFormulas, false);
    return hasAzimuths() ? among(others, azimuths().undo(y)) : others;
  }

  private boolean hasAzimuths() {
    return Arrays.stream(azimuths).anyMatch(Objects::nonNull);
  }

  private AzimuthNodes azimuths() {
    return new AzimuthNodes(graph, azimuths, variables);
  }

  private String among(String others, String ofAzimuths) {
    boolean[] isAzimuth = new boolean[azimuths.length];
    for (int i = 0; i < isAzimuth.length; i++) {
      isAzimuth[i] = azimuths[i] != null;
    }
    return graph.node("Where", graph.constant(isAzimuth), ofAzimuths, others);
  }

  private interface Nodes {
    String of(String tensor);
  }

  /** Adds only the operators for the kinds of normalization that occur. */
  private String either(String tensor, Nodes ofFormulas, boolean apply) {
    boolean[] isKnots = new boolean[knots.length];
    int count = 0;
    for (int i = 0; i < knots.length; i++) {
      isKnots[i] = knots[i] != null;
      count += isKnots[i] ? 1 : 0;
    }
    if (count == 0) {
      return ofFormulas.of(tensor);
    }
    String lines = new LineNodes(graph, knots, apply).of(tensor);
    return count == knots.length
        ? lines
        : graph.node("Where", graph.constant(isKnots), lines, ofFormulas.of(tensor));
  }

  private interface Part {
    double of(Normalization.Formula formula);
  }

  private String all(Part part) {
    return graph.constant(Arrays.stream(formulas).mapToDouble(part::of).toArray());
  }

  private String logarithms() {
    boolean[] logarithms = new boolean[formulas.length];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = formulas[i].logarithm();
    }
    return graph.constant(logarithms);
  }

  private String applyFormulas(String x) {
    String u =
        graph.node(
            "Add",
            graph.node("Mul", x, all(Normalization.Formula::factor)),
            all(Normalization.Formula::offset));
    String isLog = logarithms();
    // Where there is no logarithm, that of 1 is taken, and not looked at.
    String log =
        graph.node(
            "Div",
            graph.node("Log", graph.node("Where", isLog, u, all(_ -> 1))),
            graph.constant(new double[] {LN_10}));
    return graph.node(
        "Div",
        graph.node("Sub", graph.node("Where", isLog, log, u), all(Normalization.Formula::centre)),
        all(Normalization.Formula::width));
  }

  private String undoFormulas(String y) {
    String u =
        graph.node(
            "Add",
            graph.node("Mul", y, all(Normalization.Formula::width)),
            all(Normalization.Formula::centre));
    String isLog = logarithms();
    String zero = graph.constant(new double[] {0});
    String exponent =
        graph.node(
            "Mul", graph.node("Where", isLog, u, zero), graph.constant(new double[] {LN_10}));
    String raised = graph.node("Where", isLog, graph.node("Exp", exponent), u);
    return graph.node(
        "Div",
        graph.node("Sub", raised, all(Normalization.Formula::offset)),
        all(Normalization.Formula::factor));
  }
}
