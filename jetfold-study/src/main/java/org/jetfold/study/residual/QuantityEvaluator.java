package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantity;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.derived.JetCollection;
import org.jetfold.codec.derived.MatchedShape;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of quantities that are computed from the columns that both tables have. Not
 * thread-safe.
 */
final class QuantityEvaluator {
  private static final List<String> USUAL = List.of("HT", EvaluatedQuantity.DIJET_MASS);
  private static final Set<String> ENERGIES =
      Set.of("px", "py", "pz", "E", "mT", "HT", "MHT", EvaluatedQuantity.DIJET_MASS);

  private final MatchedShape shape;
  private final List<Evaluated> evaluated = new ArrayList<>();

  /** A quantity; its unit is empty where that is not known. */
  private record Evaluated(DerivedQuantity quantity, String unit) {}

  /** The values of a quantity in the same events of both tables. */
  record Values(double[] before, double[] after, double[] weights) {
    /** Whether hardly any original is 0 or of the other sign. */
    boolean areOfOneSign() {
      return ResidualScales.areOfOneSign(Arrays.stream(before).filter(Double::isFinite).toArray());
    }

    private void addTo(ColumnResiduals residuals) {
      for (int i = 0; i < before.length; i++) {
        if (Double.isFinite(before[i]) && Double.isFinite(after[i])) {
          residuals.add(before[i], after[i], after[i] - before[i], weights[i]);
        } else {
          // Of a value that is not finite on one side, the other joins its spectrum.
          residuals.addBefore(before[i], weights[i]);
          residuals.addAfter(after[i], weights[i]);
        }
      }
    }
  }

  /**
   * The quantities that are evaluated: HT and the dijet mass, those that are defined, and those
   * that were asked for. One that cannot be computed from what both tables have is left out.
   *
   * @param jets the name of the collection of jets; null where there is none
   * @param asked names of further quantities
   */
  QuantityEvaluator(
      MatchedShape shape, @Nullable String jets, List<String> definitions, List<String> asked) {
    this.shape = shape;
    JetCollection collection =
        JetCollection.all(shape.schema()).stream()
            .filter(candidate -> candidate.name().equals(jets))
            .findFirst()
            .orElse(null);
    DerivedQuantities quantities =
        new DerivedQuantities(
            shape.schema(), collection == null ? null : collection.name(), definitions);
    Set<String> names = new LinkedHashSet<>(USUAL);
    names.addAll(quantities.defined());
    asked.stream().map(DerivedQuantities::usualName).forEach(names::add);
    for (String name : names) {
      if (quantities.isOfJets(name) ? collection == null : !quantities.has(name)) {
        continue;
      }
      String unit =
          collection != null && ENERGIES.contains(name)
              ? shape.schema().columns().get(collection.pt()).unit()
              : "";
      try {
        evaluated.add(new Evaluated(quantities.find(name), unit));
      } catch (DerivedQuantityException ignored) {
        // Who limits it is told that it cannot be computed.
      }
    }
  }

  /** How many are evaluated. */
  int count() {
    return evaluated.size();
  }

  /**
   * Computes all quantities of a piece of both tables. Of quantities of objects, those that belong
   * together are compared; those of events are of all objects of each table, matched or not: a bump
   * does not know of matching.
   */
  List<Values> values(ComparedPiece piece) {
    Table before = shape.first(piece.original());
    Table after = shape.second(piece.restored());
    return evaluated.parallelStream()
        .map(one -> {
          RowPairs pairs = piece.rows(shape.group(one.quantity.group()));
          return new Values(
              pairs.originals(one.quantity.values(before)),
              pairs.restoreds(one.quantity.values(after)),
              pairs.weights());
        })
        .toList();
  }

  /** Adds the values of each quantity. */
  void add(List<Values> computed, PartialEvaluation part) {
    IntStream.range(0, computed.size())
        .parallel()
        .forEach(number -> computed.get(number).addTo(part.quantity(number)));
  }

  List<EvaluatedQuantity> result(PartialEvaluation all, ResidualScales scales) {
    List<EvaluatedQuantity> found = new ArrayList<>();
    for (int number = 0; number < evaluated.size(); number++) {
      Evaluated one = evaluated.get(number);
      found.add(
          new EvaluatedQuantity(
              one.quantity.name(), one.unit, scales.quantities()[number], all.quantity(number)));
    }
    return found;
  }
}
