package org.jetfold.codec.derived;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.comparison.AlignedTables;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether quantities that are computed from a restored table are within bounds of those of the
 * original.
 *
 * @param quantities what was found, one for each bound
 */
public record GuaranteeCheck(List<CheckedQuantity> quantities) {
  /** Copies the list. */
  public GuaranteeCheck {
    quantities = List.copyOf(quantities);
  }

  /**
   * What was found of one quantity.
   *
   * @param values how many were compared
   * @param violations how many of them are not within the bound
   * @param largestAbsoluteError the largest |restored − original| of finite values
   * @param largestRelativeError the largest |restored − original| / |original| of finite values,
   *     zeros left out
   * @param firstViolation null where there is none
   */
  public record CheckedQuantity(
      Guarantee guarantee,
      DerivedQuantity quantity,
      long values,
      long violations,
      double largestAbsoluteError,
      double largestRelativeError,
      @Nullable Violation firstViolation) {}

  /**
   * A value that is not within its bound.
   *
   * @param entry of the quantity's group, counted from 0
   */
  public record Violation(long entry, double original, double restored) {}

  /** Whether all are within their bounds. */
  public boolean passed() {
    return quantities.stream().allMatch(found -> found.violations == 0);
  }

  /**
   * Reads both tables to their ends and compares the quantities.
   *
   * @param original a table with the columns of the restored one, by their names, and with the same
   *     objects in each event
   * @param guarantees for the restored table's schema
   * @param progress is told how many rows or events were compared
   * @throws DifferentTablesException where one table ends before the other
   */
  public static GuaranteeCheck of(
      TableSource original, TableSource restored, Guarantees guarantees, LongConsumer progress)
      throws IOException {
    List<Comparison> comparisons = new ArrayList<>();
    for (Guarantees.BoundedQuantity bounded : guarantees.quantities()) {
      comparisons.add(new Comparison(bounded.bound(), bounded.quantity()));
    }
    MatchedShape shape =
        new MatchedShape(
            restored.schema(),
            original.schema(),
            new ColumnMatch(restored.schema(), original.schema()));
    AlignedTables tables =
        new AlignedTables(List.of(original, restored), List.of("the original", "the file"));
    for (List<Table> pieces = tables.next(); pieces != null; pieces = tables.next()) {
      Table before = shape.second(pieces.getFirst());
      for (Comparison comparison : comparisons) {
        comparison.compare(before, pieces.getLast());
      }
      progress.accept(tables.entries());
    }
    return new GuaranteeCheck(comparisons.stream().map(Comparison::found).toList());
  }

  /** What was found of a quantity so far. */
  private static final class Comparison {
    private final Guarantee guarantee;
    private final DerivedQuantity quantity;
    private long values;
    private long violations;
    private double largestAbsolute;
    private double largestRelative;
    private @Nullable Violation first;

    Comparison(Guarantee guarantee, DerivedQuantity quantity) {
      this.guarantee = guarantee;
      this.quantity = quantity;
    }

    void compare(Table original, Table restored) {
      double[] before = quantity.values(original);
      double[] after = quantity.values(restored);
      for (int i = 0; i < before.length; i++) {
        if (!guarantee.allows(before[i], after[i])) {
          violations++;
          if (first == null) {
            first = new Violation(values + i, before[i], after[i]);
          }
        }
        double error = Math.abs(after[i] - before[i]);
        if (Double.isFinite(error)) {
          largestAbsolute = Math.max(largestAbsolute, error);
          if (before[i] != 0) {
            largestRelative = Math.max(largestRelative, error / Math.abs(before[i]));
          }
        }
      }
      values += before.length;
    }

    CheckedQuantity found() {
      return new CheckedQuantity(
          guarantee, quantity, values, violations, largestAbsolute, largestRelative, first);
    }
  }
}
