package org.jetfold.cli.compress;

import java.util.function.UnaryOperator;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.ShortestFloats;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ValueGrid;
import org.jspecify.annotations.Nullable;

/**
 * How one column of a table is reduced.
 *
 * @param type its type afterwards
 * @param reduction what becomes of some of its values
 * @param grid what all its values are then on; null where they are on none
 * @param errors the largest errors of its values; null where these were not looked at before
 */
record ReducedColumn(
    ValueType type,
    UnaryOperator<ColumnValues> reduction,
    @Nullable ValueGrid grid,
    @Nullable ErrorExtremes errors) {
  /** A column that keeps every value. */
  static ReducedColumn exact(ValueType type) {
    return new ReducedColumn(type, UnaryOperator.identity(), null, null);
  }

  /** A column whose values nobody looked at before. */
  static ReducedColumn of(Precision precision, ValueType type) {
    return precision.isLossy()
        ? new ReducedColumn(type, new ShortestFloats(precision, type)::of, null, null)
        : exact(type);
  }
}
