package org.jetfold.codec.quantize;

import java.math.BigDecimal;

/**
 * The ranks of {@code step:s}: rank k stands for the float nearest to k·s, as long as floats are
 * close enough together for that, and then every float is a rank of its own (docs/format.md section
 * 6.12).
 *
 * <p>With 2^x the largest power of two not above the step, the floats below 2^(x+t), t being the
 * stored bits of a mantissa, are at most half a step apart. So no two multiples there share a
 * float, and the multiple nearest to a float that stands for one is that one.
 */
final class StepScale implements MagnitudeScale {
  /** Above this, twice a multiple and a step would not be a double exactly. */
  private static final double LARGEST_UNITS = 0x1p51;

  /** More than the rounding of a quotient, relative to it. */
  private static final double SLACK = 0x1p-50;

  private final DecimalGrid grid;
  private final boolean isFloat32;
  private final double inverse;
  private final long multiples;
  private final long gridEnd;
  private final long lastRank;

  /** The scale of a step. */
  StepScale(BigDecimal step, FloatLayout layout) {
    grid = DecimalGrid.ofStep(step);
    isFloat32 = layout == FloatLayout.FLOAT32;
    inverse = grid.denominator() / grid.numerator();
    double end = Math.scalb(1.0, Math.getExponent(grid.step()) + layout.mantissaBits());
    multiples = (long) Math.floor(Math.min(end / grid.step(), LARGEST_UNITS / grid.numerator()));
    gridEnd = firstBeyond(multiples - 1);
    lastRank = multiples + layout.largest() - gridEnd;
  }

  /** The first magnitude that is at least half-way from a multiple to the next one. */
  private long firstBeyond(long number) {
    long magnitude = magnitudeOf((double) number);
    long above = magnitudeOf((double) number + 1);
    while (magnitude < above) {
      long middle = (magnitude + above) >>> 1;
      if (grid.isAtLeastHalfWayAbove(value(middle), (double) number)) {
        above = middle;
      } else {
        magnitude = middle + 1;
      }
    }
    return magnitude;
  }

  private long magnitudeOf(double number) {
    double value = grid.valueOf(number);
    return isFloat32 ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
  }

  private double value(long magnitude) {
    return isFloat32 ? Float.intBitsToFloat((int) magnitude) : Double.longBitsToDouble(magnitude);
  }

  /** The nearest multiple; half-way cases go away from zero. */
  private long nearest(double value) {
    double steps = value * inverse + 0.5;
    double below = Math.floor(steps);
    double slack = SLACK * (steps + 1);
    if (steps - below > slack && below + 1 - steps > slack) {
      return (long) below;
    }
    double number = Math.rint(steps);
    return (long) (grid.isAtLeastHalfWayAbove(value, number - 1) ? number : number - 1);
  }

  @Override
  public void toRanks(long[] values, int from, int to, Workspace workspace) {
    for (int i = from; i < to; i++) {
      long magnitude = values[i];
      values[i] =
          magnitude < gridEnd ? nearest(value(magnitude)) : multiples + (magnitude - gridEnd);
    }
  }

  @Override
  public void toMagnitudes(long[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      long rank = values[i];
      values[i] = rank < multiples ? magnitudeOf((double) rank) : gridEnd + (rank - multiples);
    }
  }

  @Override
  public long lastRank() {
    return lastRank;
  }
}
