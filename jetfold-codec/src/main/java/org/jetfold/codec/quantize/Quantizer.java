package org.jetfold.codec.quantize;

import java.math.BigDecimal;
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
 * symbols are small values. Zeros keep their sign: +0 is 0, −0 is −1. With {@code abs:d} and {@code
 * step:s}, negative values that round to zero get the symbol 0 of +0. An infinity or a NaN has a
 * symbol of its own, its payload included, beyond those of all finite values. An integer is its own
 * symbol.
 *
 * <p>Restoring gives a value within the setting's bound of the original, and quantizing a restored
 * value gives the same symbol again. The symbols are the same on every machine: only integer
 * arithmetic and exactly rounded floating point is used.
 *
 * <p>Dither and spikes, which a segment's values decide on, are those of {@link #of(SegmentScale)};
 * this class itself takes the grid that nothing shifts.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class Quantizer {
  private final ValueType type;
  private final @Nullable MagnitudeScale scale;
  private final @Nullable DitheredScale dithered;
  private final @Nullable Snapping snapping;
  private final boolean mergesZeros;
  private final boolean cutsAtSpikes;
  private final long infinity;
  private final long smallest;
  private final long largest;

  private Quantizer(Precision precision, ValueType type) {
    this.type = type;
    precision.requireFits(type);
    Precision promise = precision.promise();
    cutsAtSpikes = promise instanceof Precision.Relative || promise instanceof Precision.Absolute;
    if (type.isFloat()) {
      FloatLayout layout = type == ValueType.FLOAT32 ? FloatLayout.FLOAT32 : FloatLayout.FLOAT64;
      infinity = layout.infinity();
      Precision grid = precision instanceof Precision.Dithered shifted ? shifted.grid() : promise;
      MagnitudeScale made = scale(grid, layout);
      scale = made;
      dithered = promise.equals(precision) ? null : dithered(grid, made, layout);
      snapping =
          precision instanceof Precision.Dithered(Precision bound, boolean snapped) && snapped
              ? Snapping.within(bound, layout)
              : null;
      mergesZeros = promise instanceof Precision.Absolute || promise instanceof Precision.Step;
      smallest = ~made.lastRank();
      largest = made.lastRank();
    } else {
      scale = null;
      dithered = null;
      snapping = null;
      infinity = Long.MAX_VALUE;
      mergesZeros = false;
      smallest = type.minimum();
      largest = type.maximum();
    }
  }

  /** The ordinal of what a float comes back as. */
  long restored(long ordinal) {
    long[] symbol = {symbolOf(ordinal)};
    ColumnValues value = ColumnValues.zeros(type, 1);
    restore(symbol, 1, value, 0);
    Ordinals.copy(value, 0, 1, symbol);
    return symbol[0];
  }

  /**
   * The quantizer of a setting for columns of a type.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where the precision does not suit the
   *     type: more bits than it has, or a loss on integers
   */
  public static Quantizer of(Precision precision, ValueType type) {
    return new Quantizer(precision, type);
  }

  private static MagnitudeScale scale(Precision precision, FloatLayout layout) {
    return switch (precision) {
      case Precision.Exact() -> new ExactScale(layout);
      case Precision.Measured() -> new ExactScale(layout);
      case Precision.Scaled unused -> new ExactScale(layout);
      case Precision.Bits(int bits) ->
          bits < layout.mantissaBits() ? new TruncatedScale(bits, layout) : new ExactScale(layout);
      case Precision.Relative(double bound) -> RelativeScale.of(bound, layout);
      case Precision.Absolute(double bound) -> AbsoluteScale.of(bound, layout);
      case Precision.Step(BigDecimal step) -> new StepScale(step, layout);
      case Precision.Dithered shifted -> scale(shifted.grid(), layout);
    };
  }

  /** The grid that phases shift; null where nothing is to be shifted. */
  private static @Nullable DitheredScale dithered(
      Precision bound, MagnitudeScale scale, FloatLayout layout) {
    if (bound instanceof Precision.Relative(double relative)) {
      return relative < RelativeCells.EQUAL_WIDTH_BELOW
          ? null
          : DitheredRelativeScale.of(relative, layout);
    }
    return scale instanceof AbsoluteScale grid ? new DitheredAbsoluteScale(grid, layout) : null;
  }

  /** The quantizer of one segment. */
  public SegmentQuantizer of(SegmentScale segment) {
    return new SegmentQuantizer(this, dithered, segment);
  }

  /**
   * Whether phases shift the grid. Where a setting asks for it, they do not shift relative bounds
   * below 2^−11, and absolute ones below the smallest float.
   */
  public boolean isDithered() {
    return dithered != null;
  }

  /** The grid that phases shift; null where there is none. */
  @Nullable DitheredScale grid() {
    return dithered;
  }

  /** How restored values of the shifted grid are made short; null where they stay. */
  @Nullable Snapping snapping() {
    return snapping;
  }

  /** Whether a value between two spikes comes back between them. */
  boolean cutsAtSpikes() {
    return cutsAtSpikes;
  }

  /** The magnitude of infinity. */
  long infinity() {
    return infinity;
  }

  /** The symbol of a float, of which {@link Ordinals} gives the ordinal. */
  long symbolOf(long ordinal) {
    long[] symbol = new long[1];
    if (type == ValueType.FLOAT32) {
      quantize(new float[] {Ordinals.toFloat(ordinal)}, 0, 1, symbol);
    } else {
      quantize(new double[] {Ordinals.toDouble(ordinal)}, 0, 1, symbol);
    }
    return symbol[0];
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
    Workspace workspace = new Workspace(count);
    int[] signs = workspace.signs();
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - start);
      workspace.bitPatterns().copy(values, from + start, signs, 0, length);
      for (int i = 0; i < length; i++) {
        symbols[start + i] = signs[i] & Integer.MAX_VALUE;
      }
      for (int i = 0; i < length; i++) {
        signs[i] >>= 31;
      }
      boolean mayMerge = magnitudesToSymbols(symbols, start, length, workspace);
      for (int i = start; mayMerge && i < start + length; i++) {
        symbols[i] = symbols[i] == -1 && values[from + i] != 0 ? 0 : symbols[i];
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
    Workspace workspace = new Workspace(count);
    int[] signs = workspace.signs();
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - start);
      workspace.bitPatterns().copy(values, from + start, symbols, start, length);
      for (int i = 0; i < length; i++) {
        signs[i] = (int) (symbols[start + i] >> 63);
      }
      for (int i = start; i < start + length; i++) {
        symbols[i] &= Long.MAX_VALUE;
      }
      boolean mayMerge = magnitudesToSymbols(symbols, start, length, workspace);
      for (int i = start; mayMerge && i < start + length; i++) {
        symbols[i] = symbols[i] == -1 && values[from + i] != 0 ? 0 : symbols[i];
      }
    }
  }

  // The loops over chunks are so simple that they are vectorized. One with two arrays of the same
  // type would not be, since the compiler would have to expect that they overlap.

  /**
   * Replaces magnitudes by symbols, with the signs of the workspace, which are −1 or 0. True where
   * a symbol may be that of −0 for a value that loses its sign.
   */
  private boolean magnitudesToSymbols(long[] symbols, int start, int length, Workspace workspace) {
    Objects.requireNonNull(scale).toRanks(symbols, start, start + length, workspace);
    int[] signs = workspace.signs();
    for (int i = 0; i < length; i++) {
      symbols[start + i] ^= signs[i];
    }
    if (!mergesZeros) {
      return false;
    }
    long found = 0;
    for (int i = start; i < start + length; i++) {
      long above = symbols[i] + 1;
      found |= ~(above | -above);
    }
    return found < 0;
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
    long[] magnitudes = new long[Math.min(count, Workspace.CHUNK)];
    int[] signs = new int[magnitudes.length];
    BitPatterns bitPatterns = new BitPatterns(count);
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - start);
      symbolsToMagnitudes(symbols, start, length, magnitudes, signs);
      for (int i = 0; i < length; i++) {
        signs[i] |= (int) magnitudes[i];
      }
      bitPatterns.copy(signs, values, at + start, length);
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
    long[] magnitudes = new long[Math.min(count, Workspace.CHUNK)];
    int[] signs = new int[magnitudes.length];
    BitPatterns bitPatterns = new BitPatterns(count);
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - start);
      symbolsToMagnitudes(symbols, start, length, magnitudes, signs);
      for (int i = 0; i < length; i++) {
        magnitudes[i] |= (long) signs[i] << 32;
      }
      bitPatterns.copy(magnitudes, 0, values, at + start, length);
    }
  }

  /**
   * The magnitudes of {@code count} symbols from index {@code start} on, and their signs as the
   * topmost bit.
   */
  private void symbolsToMagnitudes(
      long[] symbols, int start, int count, long[] magnitudes, int[] signs) {
    System.arraycopy(symbols, start, magnitudes, 0, count);
    for (int i = 0; i < count; i++) {
      signs[i] = (int) (magnitudes[i] >> 63) & Integer.MIN_VALUE;
    }
    for (int i = 0; i < count; i++) {
      magnitudes[i] ^= magnitudes[i] >> 63;
    }
    long overflow = 0;
    for (int i = 0; i < count; i++) {
      overflow |= largest - magnitudes[i];
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
