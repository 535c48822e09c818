package org.jetfold.codec.detection;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jetfold.codec.table.ColumnValues;

/**
 * Tells from the values of a float column alone how they were rounded before. It takes the values
 * in pieces, in passing, and holds little.
 *
 * <p>Of every value the mantissa bits are counted that it needs. Values that nobody rounded need
 * all but t of them by a chance of 2^−t each; where D different values do, the chance is 2^−tD, and
 * below 2^−30 it is no longer believed to be one. Values on a grid need the fewer bits the smaller
 * they are, truncated ones do not: a grid is reported where truncated values would all fall on it
 * by a chance below 2^−10. Its step is the greatest common divisor of the first different values.
 * Grids whose steps floats cannot hold, as of thousandths, are looked for among these, too.
 *
 * <p>Zeros, infinities and NaN say nothing, and are passed over. Not thread-safe.
 */
public final class QuantizationDetector {
  /** Of so many different values the evidence is counted. */
  static final int MAX_DIFFERENT = 4096;

  /** So many values are looked through for them. */
  private static final int MAX_SEARCHED = 1 << 16;

  /** Chances below 2 to the minus this are not believed. */
  static final double EVIDENCE = 30;

  /** Of two ways to have been rounded, the less likely one is given up at this chance. */
  private static final double EVIDENCE_OF_GRID = 10;

  private final int mantissaBits;

  /** For each exponent, the most mantissa bits that a value needs; −1 where there is none. */
  private final int[] needed;

  private final Set<Long> different = new HashSet<>();
  private int searched;

  /** A detector for the values of a float32 column, or of a float64 column. */
  public QuantizationDetector(boolean float32) {
    mantissaBits = float32 ? 23 : 52;
    needed = new int[float32 ? 1 << 8 : 1 << 11];
    Arrays.fill(needed, -1);
  }

  /** Looks at more values. */
  public void add(ColumnValues values) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (float value : floats) {
          add(Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (double value : doubles) {
          add(Double.doubleToRawLongBits(value) & Long.MAX_VALUE);
        }
      }
      case ColumnValues.Integers(long[] ignored) ->
          throw new IllegalArgumentException("integers have no mantissa");
    }
  }

  private void add(long magnitude) {
    int exponent = (int) (magnitude >>> mantissaBits);
    if (exponent == 0 || exponent == needed.length - 1) {
      return;
    }
    needed[exponent] = Math.max(needed[exponent], bitsNeeded(magnitude));
    if (searched < MAX_SEARCHED) {
      searched++;
      if (different.size() < MAX_DIFFERENT) {
        different.add(magnitude);
      }
    }
  }

  private int bitsNeeded(long magnitude) {
    return Math.max(0, mantissaBits - Long.numberOfTrailingZeros(magnitude));
  }

  /** How the values so far were quantized. */
  public Quantization finding() {
    int bits = 0;
    int lowest = Integer.MAX_VALUE;
    for (int exponent = 0; exponent < needed.length; exponent++) {
      if (needed[exponent] >= 0) {
        bits = Math.max(bits, needed[exponent]);
        lowest = Math.min(lowest, exponent - needed[exponent]);
      }
    }
    if ((mantissaBits - bits) * (double) different.size() < EVIDENCE) {
      return decimalGrid();
    }
    double forGrid = 0;
    for (long magnitude : different) {
      int bitsOnGrid = (int) (magnitude >>> mantissaBits) - lowest;
      forGrid += Math.max(0, bits - bitsOnGrid);
    }
    if (forGrid < EVIDENCE_OF_GRID) {
      // What needs no bit at all still takes the one that the settings begin with.
      return new Quantization.Truncated(Math.max(1, bits));
    }
    int bias = needed.length / 2 - 1;
    return new Quantization.Grid(commonDivisor(lowest) * Math.scalb(1.0, lowest - bias), 0);
  }

  /** Of all different values in units of the lowest bit that one of them needs. */
  private double commonDivisor(int lowest) {
    long divisor = 0;
    for (long magnitude : different) {
      int exponent = (int) (magnitude >>> mantissaBits);
      int shift = exponent - lowest - mantissaBits;
      if (shift > Long.SIZE - 2 - mantissaBits) {
        return 1;
      }
      long mantissa = (magnitude & ((1L << mantissaBits) - 1)) | (1L << mantissaBits);
      long units = shift >= 0 ? mantissa << shift : mantissa >> Math.min(-shift, mantissaBits + 1);
      while (units != 0) {
        long rest = divisor % units;
        divisor = units;
        units = rest;
      }
    }
    return Math.max(1, divisor);
  }

  private Quantization decimalGrid() {
    double[] values = new double[different.size()];
    int i = 0;
    for (long magnitude : different) {
      values[i++] =
          mantissaBits == 23
              ? Float.intBitsToFloat((int) magnitude)
              : Double.longBitsToDouble(magnitude);
    }
    return GridSearch.of(values, mantissaBits);
  }
}
