package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

  /** A quantity, and what was found of it. */
  private static final class Evaluated {
    private final DerivedQuantity quantity;
    private final String unit;
    private final ColumnResiduals residuals;
    private boolean relative = true;
    private boolean begun;

    Evaluated(DerivedQuantity quantity, String unit, int kept) {
      this.quantity = quantity;
      this.unit = unit;
      residuals = new ColumnResiduals(kept);
    }

    void add(double[] before, double[] after, double[] weights) {
      if (!begun) {
        relative = Evaluator.isOfOneSign(Arrays.stream(before).filter(Double::isFinite).toArray());
        begun = true;
      }
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
   * @param kept how many values of each are kept
   */
  QuantityEvaluator(
      MatchedShape shape,
      @Nullable String jets,
      List<String> definitions,
      List<String> asked,
      int kept) {
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
        evaluated.add(new Evaluated(quantities.find(name), unit, kept));
      } catch (DerivedQuantityException ignored) {
        // Who limits it is told that it cannot be computed.
      }
    }
  }

  /**
   * Adds a piece of both tables. Of quantities of objects, those that belong together are compared;
   * those of events are of all objects of each table, matched or not: a bump does not know of
   * matching.
   *
   * @param rows one for each group of the original
   */
  void add(Table original, Table restored, List<RowPairs> rows) {
    Table before = shape.first(original);
    Table after = shape.second(restored);
    evaluated.parallelStream()
        .forEach(one -> {
          RowPairs pairs = rows.get(shape.group(one.quantity.group()));
          one.add(
              pairs.originals(one.quantity.values(before)),
              pairs.restoreds(one.quantity.values(after)),
              pairs.weights());
        });
  }

  List<EvaluatedQuantity> result() {
    return evaluated.stream()
        .map(one ->
            new EvaluatedQuantity(one.quantity.name(), one.unit, one.relative, one.residuals))
        .toList();
  }
}
