package org.jetfold.codec.quantize;

import java.util.Objects;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of a column into integer symbols, within the column's precision setting, and
 * back.
 *
 * <p>A float's symbol is made of its sign and of the rank of its magnitude ({@code rank} where the
 * sign is +, {@code −1 − rank} where it is −), so symbols are ordered as the values are, and small
 * symbols are small values. Zeros keep their sign: +0 is 0, −0 is −1. With {@code abs:d}, negative
 * values that round to zero get the symbol 0 of +0. An infinity or a NaN has a symbol of its own,
 * its payload included, beyond those of all finite values. An integer is its own symbol.
 *
 * <p>Restoring gives a value within the setting's bound of the original, and quantizing a restored
 * value gives the same symbol again. The symbols are the same on every machine: only integer
 * arithmetic and exactly rounded floating point is used.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class Quantizer {
  /** Values handled at a time, so that the passes over them stay in the first-level cache. */
  private static final int CHUNK = 1024;

  private final ValueType type;
  private final @Nullable MagnitudeScale scale;
  private final boolean mergesZeros;
  private final long smallest;
  private final long largest;

  private Quantizer(Precision precision, ValueType type) {
    this.type = type;
    precision.requireFits(type);
    if (type.isFloat()) {
      MagnitudeScale made =
          scale(precision, type == ValueType.FLOAT32 ? FloatLayout.FLOAT32 : FloatLayout.FLOAT64);
      scale = made;
      mergesZeros = precision instanceof Precision.Absolute;
      smallest = ~made.lastRank();
      largest = made.lastRank();
    } else {
      scale = null;
      mergesZeros = false;
      smallest = type.minimum();
      largest = type.maximum();
    }
  }

  /**
   * The quantizer of a setting for columns of a type.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where the setting makes no sense for the
   *     type: more bits than it has, or a loss on integers
   */
  public static Quantizer of(Precision precision, ValueType type) {
    return new Quantizer(precision, type);
  }

  private static MagnitudeScale scale(Precision precision, FloatLayout layout) {
    return switch (precision) {
      case Precision.Exact() -> new ExactScale(layout);
      case Precision.Bits(int bits) ->
          bits < layout.mantissaBits() ? new TruncatedScale(bits, layout) : new ExactScale(layout);
      case Precision.Relative(double bound) -> new RelativeScale(bound, layout);
      case Precision.Absolute(double bound) -> AbsoluteScale.of(bound, layout);
    };
  }

  /** The type of the values. */
  public ValueType type() {
    return type;
  }

  /** The smallest symbol that a value can have. */
  public long smallestSymbol() {
    return smallest;
  }

  /** The largest symbol that a value can have. */
  public long largestSymbol() {
    return largest;
  }

  /**
   * Quantizes {@code count} values from index {@code from} on, into {@code symbols} from index 0
   * on.
   *
   * @throws IllegalArgumentException where the values are not of this quantizer's type
   */
  public void quantize(ColumnValues values, int from, int count, long[] symbols) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> quantize(floats, from, count, symbols);
      case ColumnValues.Doubles(double[] doubles) -> quantize(doubles, from, count, symbols);
      case ColumnValues.Integers(long[] integers) -> {
        requireType(!type.isFloat(), "integers");
        System.arraycopy(integers, from, symbols, 0, count);
      }
    }
  }

  /**
   * Quantizes {@code count} FLOAT32 values from index {@code from} on, into {@code symbols} from
   * index 0 on.
   */
  public void quantize(float[] values, int from, int count, long[] symbols) {
    requireType(type == ValueType.FLOAT32, "floats");
    Objects.checkFromIndexSize(from, count, values.length);
    Objects.checkFromIndexSize(0, count, symbols.length);
    MagnitudeScale ranks = Objects.requireNonNull(scale);
    for (int start = 0; start < count; start += CHUNK) {
      int end = Math.min(start + CHUNK, count);
      for (int i = start; i < end; i++) {
        symbols[i] = Float.floatToRawIntBits(values[from + i]) & 0x7FFF_FFFF;
      }
      ranks.toRanks(symbols, start, end);
      if (mergesZeros) {
        // The sign is dropped where the rank is 0 but the value is not; as masks, since branches on
        // zeros are hard to foresee.
        for (int i = start; i < end; i++) {
          int bits = Float.floatToRawIntBits(values[from + i]);
          int withoutSign = bits << 1;
          int isNotZero = (withoutSign | -withoutSign) >> 31;
          long rank = symbols[i];
          symbols[i] = rank ^ ((bits >> 31) & ~(isNotZero & ((rank - 1) >> 63)));
        }
      } else {
        for (int i = start; i < end; i++) {
          symbols[i] ^= Float.floatToRawIntBits(values[from + i]) >> 31;
        }
      }
    }
  }

  /**
   * Quantizes {@code count} FLOAT64 values from index {@code from} on, into {@code symbols} from
   * index 0 on.
   */
  public void quantize(double[] values, int from, int count, long[] symbols) {
    requireType(type == ValueType.FLOAT64, "doubles");
    Objects.checkFromIndexSize(from, count, values.length);
    Objects.checkFromIndexSize(0, count, symbols.length);
    MagnitudeScale ranks = Objects.requireNonNull(scale);
    for (int start = 0; start < count; start += CHUNK) {
      int end = Math.min(start + CHUNK, count);
      for (int i = start; i < end; i++) {
        symbols[i] = Double.doubleToRawLongBits(values[from + i]) & Long.MAX_VALUE;
      }
      ranks.toRanks(symbols, start, end);
      if (mergesZeros) {
        for (int i = start; i < end; i++) {
          long bits = Double.doubleToRawLongBits(values[from + i]);
          long withoutSign = bits << 1;
          long isNotZero = (withoutSign | -withoutSign) >> 63;
          long rank = symbols[i];
          symbols[i] = rank ^ ((bits >> 63) & ~(isNotZero & ((rank - 1) >> 63)));
        }
      } else {
        for (int i = start; i < end; i++) {
          symbols[i] ^= Double.doubleToRawLongBits(values[from + i]) >> 63;
        }
      }
    }
  }

  /**
   * Restores {@code count} values from {@code symbols} (from index 0 on), into {@code values} from
   * index {@code at} on.
   *
   * @throws InvalidSymbolException where a symbol is none that a value has; the values then hold
   *     nothing of use
   * @throws IllegalArgumentException where the values are not of this quantizer's type
   */
  public void restore(long[] symbols, int count, ColumnValues values, int at) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> restore(symbols, count, floats, at);
      case ColumnValues.Doubles(double[] doubles) -> restore(symbols, count, doubles, at);
      case ColumnValues.Integers(long[] integers) -> {
        requireType(!type.isFloat(), "integers");
        Objects.checkFromIndexSize(0, count, symbols.length);
        requireInRange(symbols, 0, count);
        System.arraycopy(symbols, 0, integers, at, count);
      }
    }
  }

  /**
   * Restores {@code count} FLOAT32 values, as {@link #restore(long[], int, ColumnValues, int)}
   * does.
   */
  public void restore(long[] symbols, int count, float[] values, int at) {
    requireType(type == ValueType.FLOAT32, "floats");
    Objects.checkFromIndexSize(at, count, values.length);
    Objects.checkFromIndexSize(0, count, symbols.length);
    long[] magnitudes = new long[Math.min(count, CHUNK)];
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      toMagnitudes(symbols, start, length, magnitudes);
      for (int i = 0; i < length; i++) {
        int sign = (int) (symbols[start + i] >> 63) & 0x8000_0000;
        values[at + start + i] = Float.intBitsToFloat((int) magnitudes[i] | sign);
      }
    }
  }

  /**
   * Restores {@code count} FLOAT64 values, as {@link #restore(long[], int, ColumnValues, int)}
   * does.
   */
  public void restore(long[] symbols, int count, double[] values, int at) {
    requireType(type == ValueType.FLOAT64, "doubles");
    Objects.checkFromIndexSize(at, count, values.length);
    Objects.checkFromIndexSize(0, count, symbols.length);
    long[] magnitudes = new long[Math.min(count, CHUNK)];
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      toMagnitudes(symbols, start, length, magnitudes);
      for (int i = 0; i < length; i++) {
        long sign = symbols[start + i] & Long.MIN_VALUE;
        values[at + start + i] = Double.longBitsToDouble(magnitudes[i] | sign);
      }
    }
  }

  /** The magnitudes of {@code count} symbols from index {@code start} on. */
  private void toMagnitudes(long[] symbols, int start, int count, long[] magnitudes) {
    long overflow = 0;
    for (int i = 0; i < count; i++) {
      long symbol = symbols[start + i];
      long rank = symbol ^ (symbol >> 63);
      magnitudes[i] = rank;
      overflow |= largest - rank;
    }
    if (overflow < 0) {
      requireInRange(symbols, start, start + count);
    }
    Objects.requireNonNull(scale).toMagnitudes(magnitudes, 0, count);
  }

  private void requireInRange(long[] symbols, int from, int to) {
    for (int i = from; i < to; i++) {
      if (symbols[i] < smallest || symbols[i] > largest) {
        throw new InvalidSymbolException(
            i,
            "%d is not in %d … %d, the symbols of %s values"
                .formatted(symbols[i], smallest, largest, type));
      }
    }
  }

  private void requireType(boolean fits, String given) {
    if (!fits) {
      throw new IllegalArgumentException("a quantizer of " + type + " values was given " + given);
    }
  }
}
