package org.jetfold.codec.quantize;

import java.util.Arrays;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * The floats of fewest mantissa bits within a column's precision: what other formats store in few
 * bytes. Under {@code bits:m} they are what float truncation makes, under {@code rel} and {@code
 * abs} each value is rounded to as few bits as keep its bound. NaN, infinities and zeros keep every
 * bit, and so do values that repeat far more often than their neighbours ({@link SpikeFinder}).
 * There is no dither: a dithered setting is taken for its bound. Immutable; safe for use by many
 * threads.
 */
public final class ShortestFloats {
  private final Precision precision;
  private final Quantizer quantizer;
  private final SpikeFinder spikes;

  /** Whether what becomes zero keeps its sign; under {@code abs} only zeros do. */
  private final boolean keepsSigns;

  /** Stored bits of a mantissa. */
  private final int stored;

  /** The bit pattern of infinity. */
  private final long infinity;

  /**
   * The floats of a column.
   *
   * @param asked neither scaled nor measured, and not exact
   * @throws org.jetfold.codec.precision.PrecisionException where the precision does not suit the
   *     type
   */
  public ShortestFloats(Precision asked, ValueType type) {
    precision = asked.promise();
    precision.requireFits(type);
    if (!(precision instanceof Precision.Bits
        || precision instanceof Precision.Relative
        || precision instanceof Precision.Absolute
        || precision instanceof Precision.Step)) {
      throw new IllegalArgumentException("not a bound of single values: " + precision);
    }
    quantizer = Quantizer.of(precision, type);
    spikes = new SpikeFinder(precision, quantizer);
    keepsSigns = !(precision instanceof Precision.Absolute);
    boolean single = type == ValueType.FLOAT32;
    stored = single ? 23 : 52;
    infinity = single ? 0x7F80_0000L : 0x7FF0_0000_0000_0000L;
  }

  /** Whether some values repeat far more often than their neighbours, and keep every bit. */
  public boolean keepsSome(ColumnValues values) {
    return !spikes.look(values).spikes().isEmpty();
  }

  /** A copy of values, each as short as it may be; under a step, its nearest multiple. */
  public ColumnValues of(ColumnValues values) {
    SegmentScale scale = spikes.look(values);
    if (precision instanceof Precision.Step) {
      return restored(values, scale);
    }
    long[] kept = scale.spikes().stream().mapToLong(Long::longValue).toArray();
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        float[] shortest = new float[floats.length];
        for (int i = 0; i < floats.length; i++) {
          int bits = Float.floatToRawIntBits(floats[i]);
          long magnitude = shortest(bits & 0x7FFF_FFFFL, bits < 0, kept);
          boolean signed = keepsSigns || magnitude != 0 || floats[i] == 0;
          shortest[i] = Float.intBitsToFloat((int) magnitude | (signed ? bits & 0x8000_0000 : 0));
        }
        yield new ColumnValues.Floats(shortest);
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double[] shortest = new double[doubles.length];
        for (int i = 0; i < doubles.length; i++) {
          long bits = Double.doubleToRawLongBits(doubles[i]);
          long magnitude = shortest(bits & Long.MAX_VALUE, bits < 0, kept);
          boolean signed = keepsSigns || magnitude != 0 || doubles[i] == 0;
          shortest[i] = Double.longBitsToDouble(magnitude | (signed ? bits & Long.MIN_VALUE : 0));
        }
        yield new ColumnValues.Doubles(shortest);
      }
      case ColumnValues.Integers integers -> integers;
    };
  }

  /**
   * A copy of values, each the one that stands for its cell: what an undithered {@code .jetf} file
   * restores. They have more bits than the shortest floats, but there are fewer different ones.
   */
  public ColumnValues levels(ColumnValues values) {
    return values instanceof ColumnValues.Integers ? values : restored(values, spikes.look(values));
  }

  private ColumnValues restored(ColumnValues values, SegmentScale scale) {
    SegmentQuantizer ofValues = quantizer.of(scale);
    long[] symbols = new long[values.size()];
    ofValues.quantize(values, 0, symbols.length, null, 0, symbols);
    ColumnValues restored = ColumnValues.zeros(quantizer.type(), symbols.length);
    ofValues.restore(symbols, symbols.length, null, 0, restored, 0);
    return restored;
  }

  /** The shortest magnitude for one, both as bit patterns. */
  private long shortest(long magnitude, boolean isNegative, long[] kept) {
    boolean isKept = Arrays.binarySearch(kept, isNegative ? -1 - magnitude : magnitude) >= 0;
    if (magnitude == 0 || magnitude >= infinity || isKept) {
      return magnitude;
    }
    return switch (precision) {
      case Precision.Bits(int bits) -> truncated(magnitude, stored - bits);
      case Precision.Relative(double bound) ->
          // The product may have been rounded up.
          within(magnitude, Math.nextDown(bound * value(magnitude)));
      case Precision.Absolute(double bound) ->
          bound >= value(magnitude) ? 0 : within(magnitude, bound);
      default -> magnitude;
    };
  }

  private long truncated(long magnitude, int cleared) {
    long rounded = rounded(magnitude, cleared);
    return rounded < infinity ? rounded : magnitude >>> cleared << cleared;
  }

  /** To the nearest with so many bits cleared, half-way cases up; where none are, it stays. */
  private static long rounded(long magnitude, int cleared) {
    return (magnitude + (1L << cleared >>> 1)) >>> cleared << cleared;
  }

  /** The float of fewest bits that is at most so far away. */
  private long within(long magnitude, double distance) {
    double value = value(magnitude);
    for (int cleared = stored; cleared > 0; cleared--) {
      long rounded = rounded(magnitude, cleared);
      // A float and what it is rounded to are multiples of one ulp and near: this is exact.
      if (rounded < infinity && Math.abs(value(rounded) - value) <= distance) {
        return rounded;
      }
    }
    return magnitude;
  }

  private double value(long magnitude) {
    return stored == 23
        ? Float.intBitsToFloat((int) magnitude)
        : Double.longBitsToDouble(magnitude);
  }
}
