package org.jetfold.codec.quantize;

import org.jetfold.codec.precision.Precision;

/**
 * Replaces restored values by those with the fewest mantissa bits nearby, within what a grid leaves
 * over of a bound (docs/format.md section 6.11).
 *
 * @param bound that holds for the values
 * @param isRelative whether that is relative
 */
record Snapping(double bound, boolean isRelative, FloatLayout layout) {
  /** A little less than 1/64, so that rounding here and in the grid's bound is covered. */
  private static final double SHARE = 0.0156;

  /** Below this, absolute bounds leave nothing over: their products would be rounded too far. */
  private static final double SMALLEST_BOUND = 0x1p-1000;

  static Snapping within(Precision bound, FloatLayout layout) {
    return bound instanceof Precision.Relative(double e)
        ? new Snapping(e, true, layout)
        : new Snapping(((Precision.Absolute) bound).bound(), false, layout);
  }

  /**
   * A float near another one, of the same binade: so it stays in the other one's cell, since cells
   * that are cut are so at the ends of binades. A largest float of a binade may stand for such a
   * cell, and stays.
   *
   * @param ordinal of the float
   * @param lowest the least ordinal that it may become
   * @param highest the greatest
   */
  long snapped(long ordinal, long lowest, long highest) {
    long magnitude = Ordinals.magnitude(ordinal);
    long mantissa = layout.smallestNormal() - 1;
    if (magnitude == 0
        || (isRelative && magnitude <= mantissa)
        || magnitude >= layout.infinity()
        || (magnitude & mantissa) == mantissa) {
      return ordinal;
    }
    boolean negative = ordinal < 0;
    long reach = reach(magnitude);
    long low = Math.max(magnitude - reach, negative ? -1 - highest : lowest);
    low = Math.max(low, Math.max(magnitude & ~mantissa, 1));
    long high = Math.min(magnitude + reach, magnitude | mantissa);
    high = Math.min(high, negative ? -1 - lowest : highest);
    // Of the whole numbers from low to high, the one with the most zeros at its end.
    int zeros = Long.SIZE - 1 - Long.numberOfLeadingZeros((low - 1) ^ high);
    long shortest = (high >>> zeros) << zeros;
    return negative ? -1 - shortest : shortest;
  }

  /** How many floats a magnitude may be moved by. */
  private long reach(long magnitude) {
    int mantissaBits = layout.mantissaBits();
    long ofBinade = layout.smallestNormal();
    if (isRelative) {
      long mantissa = (magnitude & (ofBinade - 1)) | ofBinade;
      return (long) (mantissa * (SHARE * bound / (1 + bound)));
    }
    if (bound < SMALLEST_BOUND) {
      return 0;
    }
    int ulp = layout.lowestUlpExponent() + (int) Math.max(magnitude >>> mantissaBits, 1) - 1;
    double floats = Math.scalb(SHARE * bound, -ulp);
    return floats < ofBinade ? (long) floats : ofBinade;
  }
}
