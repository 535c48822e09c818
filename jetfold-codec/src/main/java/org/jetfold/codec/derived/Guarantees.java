package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on quantities that are computed from the columns of tables of one schema. Immutable and
 * safe to share.
 */
public final class Guarantees {
  private final Schema schema;
  private final @Nullable String jets;
  private final DerivedQuantities named;
  private final List<BoundedQuantity> quantities = new ArrayList<>();

  private Guarantees(
      Schema schema, @Nullable String jets, List<String> definitions, List<Guarantee> bounds) {
    this.schema = schema;
    this.jets = jets;
    named = new DerivedQuantities(schema, jets, definitions);
    for (Guarantee bound : bounds) {
      quantities.add(new BoundedQuantity(bound, named.find(bound.quantity())));
    }
    for (String defined : named.defined()) {
      if (bounds.stream().noneMatch(bound -> bound.quantity().equals(defined))) {
        throw new DerivedQuantityException(
            DerivedQuantityException.Subject.DEFINITION,
            "%s is defined, and no bound on it is given: write one, as in %s=rel:0.01"
                .formatted(defined, defined));
      }
    }
  }

  /** A bound, and the quantity that it is on. */
  record BoundedQuantity(Guarantee bound, DerivedQuantity quantity) {}

  /**
   * Bounds on a table's quantities.
   *
   * @param jets the collection whose objects are jets; null for the only one that can be
   * @param definitions of further quantities, each {@code name = expression}; each has a bound
   * @param bounds at least one, of different quantities
   * @throws DerivedQuantityException where a quantity is unknown or cannot be computed
   */
  public static Guarantees of(
      Schema schema, @Nullable String jets, List<String> definitions, List<Guarantee> bounds) {
    return new Guarantees(schema, jets, definitions, bounds);
  }

  /**
   * Those of a file.
   *
   * @param schema the file's
   * @throws DerivedQuantityException where this version does not know how to compute a quantity
   */
  public static Guarantees of(Schema schema, FileGuarantees promised) {
    List<String> definitions = new ArrayList<>();
    List<Guarantee> bounds = new ArrayList<>();
    for (QuantityBound bound : promised.bounds()) {
      if (!bound.expression().isEmpty()) {
        definitions.add(bound.quantity() + " = " + bound.expression());
      }
      bounds.add(new Guarantee(bound.quantity(), bound.bound()));
    }
    String jets = promised.jets();
    return new Guarantees(schema, jets.isEmpty() ? null : jets, definitions, bounds);
  }

  /**
   * What a file says of them.
   *
   * @param stored the precision of each column in the file
   */
  public FileGuarantees inFile(List<Precision> stored) {
    Set<Integer> refined = new TreeSet<>();
    List<QuantityBound> bounds = new ArrayList<>();
    for (BoundedQuantity bounded : quantities) {
      for (int column : bounded.quantity.columns()) {
        if (!(stored.get(column) instanceof Precision.Exact)) {
          refined.add(column);
        }
      }
      String name = bounded.bound.quantity();
      String expression = named.defined().contains(name) ? bounded.quantity.formula() : "";
      bounds.add(new QuantityBound(name, expression, bounded.bound.bound()));
    }
    return new FileGuarantees(jets == null ? "" : jets, bounds, List.copyOf(refined));
  }

  /** Bounds and quantities. */
  List<BoundedQuantity> quantities() {
    return List.copyOf(quantities);
  }

  /**
   * The events (rows of a flat table) in which a quantity is not surely within its bound.
   *
   * @param restored the same table as it comes back
   */
  public BitSet missed(Table original, Table restored) {
    BitSet events = new BitSet(original.rootEntries());
    for (BoundedQuantity bounded : quantities) {
      DerivedQuantity quantity = bounded.quantity;
      double[] before = quantity.values(original);
      double[] after = quantity.values(restored);
      for (int i = 0; i < before.length; i++) {
        if (!bounded.bound.surelyAllows(before[i], after[i])) {
          events.set(event(original, quantity.group(), i));
        }
      }
    }
    return events;
  }

  private int event(Table table, int group, int entry) {
    int above = entry;
    for (int list = group; list != 0; list = schema.parent(list)) {
      above = parent(table.offsets(list), above);
    }
    return above;
  }

  /** The last one whose list begins at the entry or before; those before it may be empty. */
  private static int parent(int[] offsets, int entry) {
    int low = 0;
    int high = offsets.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (offsets[middle] <= entry) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** As they are asked for. */
  @Override
  public String toString() {
    return quantities.stream()
        .map(bounded -> bounded.bound.toString())
        .collect(Collectors.joining(","));
  }
}
