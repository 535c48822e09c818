package org.jetfold.spark.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualNullSafe;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Or;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.table.ValueType;
import org.jetfold.spark.frame.FrameLayout;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what a file's index says of a block whether some of its rows may meet a filter. Spark
 * applies the filter to the rows of the blocks that are left. To Spark a NaN is larger than all
 * numbers, and equal to itself; no value is missing. Thread-safe.
 */
final class BlockFilter {
  private final FrameLayout layout;

  /** A filter of the blocks of tables with a layout. */
  BlockFilter(FrameLayout layout) {
    this.layout = layout;
  }

  /** A block's values of a column; lowest and highest are null where it has none but NaNs. */
  private record Values(
      @Nullable BigDecimal lowest, @Nullable BigDecimal highest, boolean mayHaveNan) {
    boolean reachesBelow(BigDecimal limit, boolean inclusive) {
      return lowest != null && lowest.compareTo(limit) < (inclusive ? 1 : 0);
    }

    boolean reachesAbove(BigDecimal limit, boolean inclusive) {
      return mayHaveNan || (highest != null && highest.compareTo(limit) > (inclusive ? -1 : 0));
    }

    boolean mayEqual(BigDecimal value) {
      return lowest != null
          && highest != null
          && lowest.compareTo(value) <= 0
          && highest.compareTo(value) >= 0;
    }
  }

  /** Whether the index can tell something of a filter. */
  boolean isUseful(Filter filter) {
    return switch (filter) {
      case And both -> isUseful(both.left()) || isUseful(both.right());
      case Or either -> isUseful(either.left()) && isUseful(either.right());
      case IsNull missing -> isKnown(missing.attribute());
      case EqualTo equal -> isKnown(equal.attribute(), equal.value());
      case EqualNullSafe equal -> isKnown(equal.attribute(), equal.value());
      case GreaterThan above -> isKnown(above.attribute(), above.value());
      case GreaterThanOrEqual above -> isKnown(above.attribute(), above.value());
      case LessThan below -> isKnown(below.attribute(), below.value());
      case LessThanOrEqual below -> isKnown(below.attribute(), below.value());
      case In in ->
          isKnown(in.attribute())
              && Arrays.stream(in.values()).allMatch(value -> number(value) != null);
      default -> false;
    };
  }

  private boolean isKnown(String attribute, @Nullable Object value) {
    return isKnown(attribute) && number(value) != null;
  }

  /** Whether a name is that of a column whose values the index tells. */
  private boolean isKnown(String attribute) {
    return List.of(layout.type().fieldNames()).contains(attribute)
        && layout.isScalar(layout.column(attribute));
  }

  /**
   * Whether a row of a block may meet a filter.
   *
   * @param columns what the index says of all columns of the file
   */
  boolean mayMatch(Filter filter, List<ColumnStatistics> columns) {
    if (!isUseful(filter)) {
      return filter instanceof And both
          ? mayMatch(both.left(), columns) && mayMatch(both.right(), columns)
          : true;
    }
    return switch (filter) {
      case And both -> mayMatch(both.left(), columns) && mayMatch(both.right(), columns);
      case Or either -> mayMatch(either.left(), columns) || mayMatch(either.right(), columns);
      case IsNull unused -> false;
      case EqualTo equal -> values(equal.attribute(), columns).mayEqual(required(equal.value()));
      case EqualNullSafe equal ->
          values(equal.attribute(), columns).mayEqual(required(equal.value()));
      case GreaterThan above ->
          values(above.attribute(), columns).reachesAbove(required(above.value()), false);
      case GreaterThanOrEqual above ->
          values(above.attribute(), columns).reachesAbove(required(above.value()), true);
      case LessThan below ->
          values(below.attribute(), columns).reachesBelow(required(below.value()), false);
      case LessThanOrEqual below ->
          values(below.attribute(), columns).reachesBelow(required(below.value()), true);
      case In in -> {
        Values found = values(in.attribute(), columns);
        yield Arrays.stream(in.values()).anyMatch(value -> found.mayEqual(required(value)));
      }
      default -> true;
    };
  }

  private Values values(String attribute, List<ColumnStatistics> columns) {
    int column = layout.column(attribute);
    ColumnStatistics said = columns.get(column);
    boolean unsigned = layout.schema().columns().get(column).type() == ValueType.UINT64;
    return switch (said.range()) {
      case null -> new Values(null, null, said.nans() > 0);
      case Range.OfFloats(double lowest, double highest) ->
          new Values(finite(lowest), finite(highest), said.nans() > 0);
      case Range.OfIntegers(long lowest, long highest) ->
          new Values(integer(lowest, unsigned), integer(highest, unsigned), false);
    };
  }

  private static BigDecimal integer(long value, boolean unsigned) {
    return unsigned
        ? new BigDecimal(new BigInteger(Long.toUnsignedString(value)))
        : BigDecimal.valueOf(value);
  }

  /** A float; infinity as what is beyond all floats. */
  private static BigDecimal finite(double value) {
    return Double.isInfinite(value)
        ? BigDecimal.valueOf(value > 0 ? 1 : -1).scaleByPowerOfTen(400)
        : new BigDecimal(value);
  }

  private static BigDecimal required(@Nullable Object value) {
    BigDecimal number = number(value);
    if (number == null) {
      throw new IllegalStateException("a filter is useful with numbers alone");
    }
    return number;
  }

  /** A filter's value as a number; null where it is none, or NaN. */
  private static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case Byte number -> BigDecimal.valueOf(number);
      case Short number -> BigDecimal.valueOf(number);
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case BigDecimal number -> number;
      case Float number -> number.isNaN() ? null : finite(number);
      case Double number -> number.isNaN() ? null : finite(number);
      case null, default -> null;
    };
  }
}
