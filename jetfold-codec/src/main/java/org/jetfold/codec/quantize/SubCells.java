package org.jetfold.codec.quantize;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The sub-cells of {@code rel:e:dither} (docs/format.md section 6.5): a period of P binades of
 * normal floats, cut into 256·C sub-cells of equal ratio, so that a cell of any 256 sub-cells in a
 * row, at whatever sub-cell it begins, keeps the bound. All in integers; the period has no seam.
 *
 * <p>Offsets count the magnitudes from the smallest normal one. A period has at most some 2^19
 * sub-cells. Immutable; safe for use by many threads.
 */
final class SubCells {
  /** Sub-cells of a cell. */
  static final int PER_CELL = DitheredScale.PHASES;

  /** Ratios and values within a binade are fractions of 2^{@value}. */
  private static final int FRACTION_BITS = 62;

  private static final long ONE = 1L << FRACTION_BITS;

  /** Two to this power of buckets stay in the nearest cache; a longer table would not. */
  private static final int BUCKET_BITS = 12;

  private static final int PART_BITS = 10;

  /** So many bits of a place in a bucket tell sub-cells apart. */
  private static final int PLACE_BITS = 24;

  private final int periodShift;
  private final int cells;
  private final int count;
  private final Reciprocal perPeriod;

  /** Where each sub-cell of a period starts, and last where the period ends. */
  private final long[] starts;

  /** The offset of the largest float that is not above 1+e times a sub-cell's start. */
  private final long[] points;

  /**
   * For each bucket of 2^bucketShift offsets, where among sub-cells its first offset lies, in units
   * of 2^−{@link #PART_BITS} sub-cells, and last where the period ends. In a bucket sub-cells are
   * nearly as wide as one another.
   */
  private final int[] buckets;

  private final int bucketShift;
  private final int placeShift;

  private SubCells(int mantissaBits, int binades, int cells, long[] starts, long[] points) {
    this.cells = cells;
    this.starts = starts;
    this.points = points;
    count = points.length;
    perPeriod = Reciprocal.of(count);
    periodShift = mantissaBits + Integer.numberOfTrailingZeros(binades);
    bucketShift = Math.max(periodShift - BUCKET_BITS, 0);
    buckets = new int[(1 << (periodShift - bucketShift)) + 1];
    placeShift = Math.max(bucketShift - PLACE_BITS, 0);
    buckets[buckets.length - 1] = count << PART_BITS;
    int subCell = 0;
    for (int bucket = 0; bucket < buckets.length - 1; bucket++) {
      long offset = (long) bucket << bucketShift;
      while (starts[subCell + 1] <= offset) {
        subCell++;
      }
      long width = starts[subCell + 1] - starts[subCell];
      long part = ((offset - starts[subCell]) << PART_BITS) / width;
      buckets[bucket] = (subCell << PART_BITS) + (int) part;
    }
  }

  /**
   * The sub-cells for a bound.
   *
   * @param bound from 2^−11 to 1/4
   */
  static SubCells of(double bound, FloatLayout layout) {
    int binades = RelativeCells.periodBinades(bound, layout);
    Bound exact = new Bound(bound, layout.mantissaBits());
    int cells = fewestCells(bound, binades);
    while (true) {
      SubCells made = of(exact, layout.mantissaBits(), binades, cells);
      if (made.isLegal(exact)) {
        return made;
      }
      cells++;
    }
  }

  /**
   * ⌊P·ln 2 / ln((1+e)/(1−e))⌋, or one more: with fewer cells some cell would be too wide. A series
   * of whose terms the first left out is below 2^−18 of the sum.
   */
  private static int fewestCells(double bound, int binades) {
    double square = bound * bound;
    double series = 1 + square * (1 / 3.0 + square * (1 / 5.0 + square / 7.0));
    return Math.max(1, (int) (binades * 0.34657359027997264 / (bound * series)));
  }

  private static SubCells of(Bound bound, int mantissaBits, int binades, int cells) {
    int count = cells * PER_CELL;
    long ratio = ratio(count, binades);
    long[] starts = new long[count + 1];
    long[] points = new long[count];
    long value = ONE;
    long binade = 0;
    for (int i = 0; i < count; i++) {
      starts[i] =
          (binade << mantissaBits)
              + (value >>> (FRACTION_BITS - mantissaBits))
              - (1L << mantissaBits);
      points[i] = bound.largestWithin(starts[i]);
      value = product(value, ratio);
      if (value < 0) {
        value >>>= 1;
        binade++;
      }
    }
    starts[count] = (long) binades << mantissaBits;
    return new SubCells(mantissaBits, binades, cells, starts, points);
  }

  /** ⌊value·ratio / 2^62⌋, which may have the top bit set. */
  private static long product(long value, long ratio) {
    return (Math.multiplyHigh(value, ratio) << 2) | ((value * ratio) >>> FRACTION_BITS);
  }

  /**
   * The smallest ratio, in units of 2^−62, with which {@code count} steps from 1 reach 2^binades. A
   * search by halves around an estimate; what it finds does not depend on the estimate.
   */
  private static long ratio(int count, int binades) {
    long estimate = (long) (StrictMath.pow(2, (double) binades / count) * ONE);
    long reach = 1L << 12;
    while (reaches(estimate - reach, count, binades)
        || !reaches(estimate + reach, count, binades)) {
      reach *= 16;
    }
    long tooSmall = estimate - reach;
    long enough = estimate + reach;
    while (enough - tooSmall > 1) {
      long middle = (tooSmall + enough) >>> 1;
      if (reaches(middle, count, binades)) {
        enough = middle;
      } else {
        tooSmall = middle;
      }
    }
    return enough;
  }

  private static boolean reaches(long ratio, int count, int binades) {
    long value = ONE;
    int binade = 0;
    for (int i = 0; i < count; i++) {
      value = product(value, ratio);
      if (value < 0) {
        value >>>= 1;
        binade++;
      }
    }
    return binade >= binades;
  }

  /** Whether every cell of 256 sub-cells keeps the bound. */
  private boolean isLegal(Bound bound) {
    for (int first = 0; first < count; first++) {
      if (starts[first + 1] <= starts[first]) {
        return false;
      }
      int next = first + PER_CELL;
      long end = next <= count ? starts[next] : starts[next - count] + starts[count];
      if (!bound.isWithin(points[first], end - 1)) {
        return false;
      }
    }
    return true;
  }

  /** The number of cells of a period. */
  int cells() {
    return cells;
  }

  /** The sub-cell that an offset, 0 or more, lies in. */
  long indexOf(long offset) {
    long period = offset >>> periodShift;
    long inPeriod = offset - (period << periodShift);
    int bucket = (int) (inPeriod >>> bucketShift);
    long place = (inPeriod - ((long) bucket << bucketShift)) >>> placeShift;
    int first = buckets[bucket];
    long further = (place * (buckets[bucket + 1] - first)) >>> (bucketShift - placeShift);
    // Right for nearly every offset that is not at a sub-cell's end; else the next one is.
    int subCell = Math.min((first + (int) further) >> PART_BITS, count - 1);
    while (starts[subCell] > inPeriod) {
      subCell--;
    }
    while (starts[subCell + 1] <= inPeriod) {
      subCell++;
    }
    return period * count + subCell;
  }

  /**
   * The offset of the float that stands for the cell that begins with a sub-cell.
   *
   * @param subCell more than −256; where it is below 0 the offset may be, too
   */
  long pointOf(long subCell) {
    long period = perPeriod.quotient(subCell + count) - 1;
    return (period << periodShift) + points[(int) (subCell - period * count)];
  }

  /** The sub-cell of a period that one is, some whole number of periods further. */
  int inPeriod(long subCell) {
    return (int) (subCell - perPeriod.quotient(subCell) * count);
  }

  /** How much further the offsets in a sub-cell's period are than those in the first. */
  long periodStart(long subCell) {
    return perPeriod.quotient(subCell) << periodShift;
  }

  /**
   * For FLOAT32, {@link #pointOf} for a period's sub-cells, and before those of the last so many of
   * the period before.
   */
  int[] intPoints(int before) {
    int[] all = new int[before + count];
    for (int i = 0; i < all.length; i++) {
      all[i] = (int) pointOf((long) i - before);
    }
    return all;
  }

  /** The bound as a rational number, and the two questions about it, in exact arithmetic. */
  private static final class Bound {
    private final int mantissaBits;

    /** The bound is numerator / 2^scale; 2^scale plus the numerator is below 2^64. */
    private final long numerator;

    private final int scale;

    Bound(double bound, int mantissaBits) {
      this.mantissaBits = mantissaBits;
      scale = 52 - Math.getExponent(bound);
      numerator =
          new BigDecimal(bound)
              .multiply(new BigDecimal(BigInteger.TWO.pow(scale)))
              .toBigIntegerExact()
              .longValueExact();
    }

    private long mantissa(long offset) {
      return (1L << mantissaBits) + (offset & ((1L << mantissaBits) - 1));
    }

    /** The offset of the largest float that is at most 1 + bound times that of an offset. */
    long largestWithin(long offset) {
      long mantissa = mantissa(offset);
      long factor = (1L << scale) + numerator;
      long high = Math.unsignedMultiplyHigh(mantissa, factor);
      long low = mantissa * factor;
      long product = (high << (64 - scale)) | (low >>> scale);
      long binade = offset >> mantissaBits;
      // 1 + bound is at most 5/4, so the product is less than two binades above.
      if (product >= 2L << mantissaBits) {
        product >>= 1;
        binade++;
      }
      return (binade << mantissaBits) + product - (1L << mantissaBits);
    }

    /** Whether the float of {@code point} is at least 1 − bound times that of {@code last}. */
    boolean isWithin(long point, long last) {
      long mantissa = mantissa(last);
      long factor = (1L << scale) - numerator;
      // Both sides in units of the point's ulp times 2^−scale; the last float is in its binade or
      // the next.
      int binades = (int) ((last >> mantissaBits) - (point >> mantissaBits));
      if (binades > 1) {
        return false;
      }
      mantissa <<= Math.max(binades, 0);
      long high = Math.unsignedMultiplyHigh(mantissa, factor);
      long low = mantissa * factor;
      long ofPoint = mantissa(point) << Math.max(-binades, 0);
      long pointHigh = ofPoint >>> (64 - scale);
      long pointLow = ofPoint << scale;
      return high < pointHigh || (high == pointHigh && Long.compareUnsigned(low, pointLow) <= 0);
    }
  }
}
