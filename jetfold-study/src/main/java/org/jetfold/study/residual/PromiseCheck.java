package org.jetfold.study.residual;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** Checks the values of one column against its precision, piece by piece. Not thread-safe. */
final class PromiseCheck {
  private final @Nullable BoundCheck check;
  private final ErrorExtremes extremes = new ErrorExtremes();
  private long checked;

  /**
   * A check of a column.
   *
   * @param original the type of the original's values
   * @param restored the type of the restored values; nothing is checked where it is another
   */
  PromiseCheck(Precision precision, ValueType original, ValueType restored) {
    check = original == restored ? BoundCheck.of(precision, restored) : null;
  }

  void add(ColumnValues original, ColumnValues restored) {
    if (check != null) {
      int ignored = check.firstViolation(original, 0, restored, 0, restored.size(), extremes);
      checked += restored.size();
    }
  }

  /** How many values were checked. */
  long checked() {
    return checked;
  }

  /** How many of these are not within the precision. */
  long violations() {
    return extremes.violations();
  }
}
