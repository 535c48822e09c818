package org.jetfold.cli.onnx;

import java.util.Arrays;
import java.util.List;
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

  /**
   * Operators of a graph.
   *
   * @param normalizations one for each column
   */
  NormalizationNodes(OnnxGraph graph, List<Normalization> normalizations) {
    this.graph = graph;
    formulas = new Normalization.Formula[normalizations.size()];
    knots = new Normalization.@Nullable Knots[formulas.length];
    for (int i = 0; i < formulas.length; i++) {
      formulas[i] = IDENTITY;
      switch (normalizations.get(i)) {
        case Normalization.Formula formula -> formulas[i] = formula;
        case Normalization.Knots lines -> knots[i] = lines;
      }
    }
  }

  /** Normalizes; NaN or infinite where a value is outside the domain, or not finite. */
  String apply(String x) {
    return either(x, this::applyFormulas, true);
  }

  /** Undoes the normalization. */
  String undo(String y) {
    return either(y, this::undoFormulas, false);
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
