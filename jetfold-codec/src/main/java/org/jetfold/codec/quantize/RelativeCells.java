package org.jetfold.codec.quantize;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Builds the cells of {@code rel:e} for the normal floats: each as wide as the bound allows, in
 * exact integer arithmetic.
 *
 * <p>Since scaling by two changes neither relative errors nor the floats' spacing, cells repeat
 * after a whole number of binades, the period. It has at least {@value #LEAST_CELLS} cells, or
 * takes half of all binades, so that little is lost where the last cell of a period is cut.
 */
final class RelativeCells {
  /** With fewer cells a period, cutting the last one would cost more than it saves in tables. */
  private static final int LEAST_CELLS = 512;

  /**
   * Below this bound, cells of equal width within 1/1024 of the value lose less than 1/1000 and
   * take far smaller tables.
   */
  static final double EQUAL_WIDTH_BELOW = 0x1p-11;

  private static final int PIECE_SHIFT = 10;

  private final int mantissaBits;

  /** The bound is numerator / 2^scale. */
  private final BigInteger numerator;

  private final int scale;
  private final BigInteger one;

  private final int periodBinades;
  private final CellTable.Builder table = new CellTable.Builder();

  RelativeCells(double bound, FloatLayout layout) {
    mantissaBits = layout.mantissaBits();
    // A double is mantissa · 2^exponent; Math.getExponent is one too low for subnormals, which
    // hidden bit and ulp then correct.
    int exponent = Math.max(Math.getExponent(bound), Double.MIN_EXPONENT) - 52;
    numerator =
        new BigDecimal(bound)
            .multiply(new BigDecimal(BigInteger.TWO.pow(-exponent)))
            .toBigIntegerExact();
    scale = -exponent;
    one = BigInteger.ONE.shiftLeft(scale);
    if (bound < EQUAL_WIDTH_BELOW) {
      periodBinades = 1;
      addEqualWidthPieces();
    } else {
      periodBinades = periodBinades(bound, layout);
      addSingleCells();
    }
  }

  /**
   * How many binades a period has for a bound from 2^−11 on: a power of two.
   *
   * <p>About log(2) / log((1+e)/(1−e)) cells are in a binade, here by its leading term, which is
   * exact enough.
   */
  static int periodBinades(double bound, FloatLayout layout) {
    int binades = 1;
    // Not all binades, since the offsets in a period must be below 2^63.
    while (2 * binades < layout.binades() && binades * 0.35 / bound < LEAST_CELLS) {
      binades *= 2;
    }
    return binades;
  }

  /** The number of binades after which the cells repeat, a power of two. */
  int periodBinades() {
    return periodBinades;
  }

  /** The number of ranks in a period. */
  long ranks() {
    return table.ranks();
  }

  /** The cells of a period; offsets count the magnitudes from its start. */
  CellTable cells() {
    return table.build();
  }

  /**
   * Rows of cells with 2h+1 floats around their middle one, h = ⌊e·S⌋, S the mantissa at the row's
   * start: a value is h ulps away from its cell's middle at most, which is at most e times its
   * mantissa. A row ends where the next h is due, but not before 1/1024 of S.
   */
  private void addEqualWidthPieces() {
    long binade = 1L << mantissaBits;
    while (table.end() < binade) {
      long mantissa = binade + table.end();
      long half =
          numerator.multiply(BigInteger.valueOf(mantissa)).shiftRight(scale).longValueExact();
      long width = 2 * half + 1;
      long nextHalfAt = leastMantissaWithHalf(half + 1, 2 * binade);
      long least = Math.max(mantissa >>> PIECE_SHIFT, nextHalfAt - mantissa);
      long cells = (least - 1) / width + 1;
      table.add(Math.min(table.end() + cells * width, binade), width, half);
    }
  }

  /** ⌈half / e⌉, or {@code most} where that is more. */
  private long leastMantissaWithHalf(long half, long most) {
    BigInteger mantissa =
        BigInteger.valueOf(half)
            .shiftLeft(scale)
            .add(numerator)
            .subtract(BigInteger.ONE)
            .divide(numerator);
    return mantissa.min(BigInteger.valueOf(most)).longValueExact();
  }

  /**
   * Cells as wide as can be: from its first value a cell reaches to a middle that is e times the
   * first away, and from there to a last value of which that distance is e times: the ratio of last
   * to first is (1+e)/(1−e), the best that any quantizer can do.
   */
  private void addSingleCells() {
    long period = (long) periodBinades << mantissaBits;
    while (table.end() < period) {
      long start = table.end();
      BigInteger first = valueAt(start);
      // Rounding down to a float keeps both bounds: the middle comes nearer to the first value, the
      // last value to the middle.
      long middle = offsetAtOrBelow(first.multiply(one.add(numerator)).shiftRight(scale));
      long last = offsetAtOrBelow(valueAt(middle).shiftLeft(scale).divide(one.subtract(numerator)));
      long end = Math.min(last + 1, period);
      table.add(end, end - start, Math.min(middle, end - 1) - start);
    }
  }

  /** The value of the float at an offset, in ulps of the period's first binade. */
  private BigInteger valueAt(long offset) {
    long binade = offset >>> mantissaBits;
    long mantissa = (1L << mantissaBits) + (offset & ((1L << mantissaBits) - 1));
    return BigInteger.valueOf(mantissa).shiftLeft((int) binade);
  }

  /** The offset of the largest float that is not above a value. */
  private long offsetAtOrBelow(BigInteger value) {
    int binade = value.bitLength() - 1 - mantissaBits;
    return ((long) binade << mantissaBits)
        + value.shiftRight(binade).longValueExact()
        - (1L << mantissaBits);
  }
}
