package org.jetfold.codec.file;

import java.util.List;
import org.jetfold.codec.precision.Precision;

/**
 * What a file promises of quantities that are computed from its columns (docs/format.md section 4).
 *
 * @param jets the collection whose objects are jets; empty for the only one that can be
 * @param bounds one for each quantity
 * @param refinedColumns numbers of the columns that are exact in refined events, increasing
 */
public record FileGuarantees(
    String jets, List<QuantityBound> bounds, List<Integer> refinedColumns) {
  /** Copies the lists. */
  public FileGuarantees {
    bounds = List.copyOf(bounds);
    refinedColumns = List.copyOf(refinedColumns);
  }

  /**
   * A bound on the error of a quantity.
   *
   * @param quantity its name
   * @param expression what it stands for; empty where docs/derived.md says it
   * @param bound {@link Precision.Relative} or {@link Precision.Absolute}
   */
  public record QuantityBound(String quantity, String expression, Precision bound) {
    /** As in {@code mjj=rel:0.004}. */
    @Override
    public String toString() {
      return quantity + "=" + bound;
    }
  }
}
