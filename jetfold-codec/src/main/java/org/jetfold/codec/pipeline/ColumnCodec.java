package org.jetfold.codec.pipeline;

import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * All that turns one column's values into symbols and proves that they come back within their
 * setting. Immutable and safe to share.
 */
public final class ColumnCodec {
  private final Column column;
  private final Precision precision;
  private final Quantizer quantizer;
  private final BoundCheck check;
  private final long smallestNumber;
  private final long largestNumber;

  ColumnCodec(Column column, Precision precision) {
    this.column = column;
    this.precision = precision;
    quantizer = Quantizer.of(precision, column.type());
    check = BoundCheck.of(precision, column.type());
    long[] infinities = {quantizer.smallestSymbol(), quantizer.largestSymbol()};
    switch (column.type()) {
      case FLOAT32 ->
          quantizer.quantize(
              new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}, 0, 2, infinities);
      case FLOAT64 ->
          quantizer.quantize(
              new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, 0, 2, infinities);
      default -> {}
    }
    smallestNumber = infinities[0];
    largestNumber = infinities[1];
  }

  /** The column. */
  public Column column() {
    return column;
  }

  /** True where symbols of both columns mean the same values. */
  boolean sharesSymbolsWith(ColumnCodec other) {
    return column.type() == other.column.type() && precision.equals(other.precision);
  }

  /** Gives the symbols of the first values, as many as the array takes. */
  void quantize(ColumnValues values, long[] symbols) {
    quantizer.quantize(values, 0, symbols.length, symbols);
  }

  /** Gives the symbols of {@code count} values from index {@code from} on. */
  void quantize(ColumnValues values, int from, int count, long[] symbols) {
    quantizer.quantize(values, from, count, symbols);
  }

  /** The symbols of {@code count} values from index {@code from} on. */
  public long[] symbols(ColumnValues values, int from, int count) {
    long[] symbols = new long[count];
    quantizer.quantize(values, from, count, symbols);
    return symbols;
  }

  /**
   * Restores symbols and checks the result against the originals.
   *
   * @param from where in {@code originals} the symbols' values start
   * @param restored takes in the restored values; as long as they are many, or longer
   * @throws IllegalStateException where a value breaks its bound, which would be an error in this
   *     program
   */
  public ColumnStatistics restoreAndCheck(
      long[] symbols, int count, ColumnValues originals, int from, ColumnValues restored) {
    ErrorExtremes extremes = restored(symbols, count, originals, from, restored);
    return new ColumnStatistics(range(symbols, count), error(extremes));
  }

  private ErrorExtremes restored(
      long[] symbols, int count, ColumnValues originals, int from, ColumnValues restored) {
    quantizer.restore(symbols, count, restored, 0);
    ErrorExtremes extremes = new ErrorExtremes();
    int violation = check.firstViolation(originals, from, restored, 0, count, extremes);
    if (violation >= 0) {
      throw new IllegalStateException(
          "value %d of column %s in a block broke its bound %s; please report this"
              .formatted(violation, column.name(), precision));
    }
    return extremes;
  }

  /**
   * As {@link #restoreAndCheck}, of a column that an autoencoder restores.
   *
   * @param exceptions how many of the values it does not
   */
  ColumnStatistics measure(
      long[] symbols,
      int count,
      ColumnValues originals,
      int from,
      ColumnValues restored,
      int exceptions) {
    ErrorExtremes extremes = restored(symbols, count, originals, from, restored);
    return new ColumnStatistics(
        range(symbols, count),
        error(extremes),
        new ColumnStatistics.Measurement(extremes.largestRelative(), exceptions));
  }

  private @Nullable Double error(ErrorExtremes extremes) {
    return switch (precision) {
      case Precision.Exact() -> null;
      case Precision.Bits(int _), Precision.Relative(double _) -> extremes.largestRelative();
      case Precision.Absolute(double _), Precision.Measured() -> extremes.largestAbsolute();
    };
  }

  /** Symbols are in the order of the values, so the range is that of the symbols, NaNs left out. */
  private ColumnStatistics.@Nullable Range range(long[] symbols, int count) {
    // Flipping the sign bit turns the order of unsigned numbers into that of signed ones.
    long flip = column.type() == ValueType.UINT64 ? Long.MIN_VALUE : 0;
    long minimum = Long.MAX_VALUE;
    long maximum = Long.MIN_VALUE;
    // Both in one loop, and without a condition: only so is it turned into vector code.
    for (int i = 0; i < count; i++) {
      minimum = Math.min(minimum, symbols[i] ^ flip);
      maximum = Math.max(maximum, symbols[i] ^ flip);
    }
    if (column.type().isFloat() && (minimum < smallestNumber || maximum > largestNumber)) {
      minimum = Long.MAX_VALUE;
      maximum = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        long symbol = symbols[i];
        if (symbol >= smallestNumber && symbol <= largestNumber) {
          minimum = Math.min(minimum, symbol);
          maximum = Math.max(maximum, symbol);
        }
      }
    }
    if (minimum > maximum) {
      return null;
    }
    long[] ends = {minimum ^ flip, maximum ^ flip};
    ColumnValues values = ColumnValues.zeros(column.type(), 2);
    quantizer.restore(ends, 2, values, 0);
    return switch (values) {
      case ColumnValues.Floats(float[] floats) ->
          new ColumnStatistics.Range.OfFloats(floats[0], floats[1]);
      case ColumnValues.Doubles(double[] doubles) ->
          new ColumnStatistics.Range.OfFloats(doubles[0], doubles[1]);
      case ColumnValues.Integers(long[] integers) ->
          new ColumnStatistics.Range.OfIntegers(integers[0], integers[1]);
    };
  }
}
