package org.jetfold.codec.quantize;

/**
 * The ranks of {@code abs:d}: a uniform grid kΔ from zero to somewhere near 2^16·d (float32) or
 * 2^45·d (float64), and above it, binade by binade, rows of cells of an odd number of ulps, until a
 * cell is one float and all is exact.
 *
 * <p>Let u be the ulp of the grid's topmost binade, chosen so that q = ⌊2d/u⌋ is in [2^8, 2^9). Δ =
 * q·u is at most 2d and, being a multiple of u, makes every grid point an exact float; rounding to
 * the nearest point errs by Δ/2 ≤ d at most. Where u would be below the smallest subnormal it is
 * that, and q = 2⌊d/u⌋+1; where it would be above the topmost ulp it is that, and q is larger.
 * Above the grid, values are multiples of their binade's ulp v, and a cell of 2h+1 of them, h =
 * ⌊d/v⌋, has none further than h·v ≤ d from its middle.
 */
final class AbsoluteScale implements MagnitudeScale {
  private static final int STEP_BITS = 8;

  /**
   * A double in the binade whose ulp is 1; not its first, so that a half can be subtracted before.
   */
  private static final double ROUNDER = 0x1p52 + 1;

  private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

  private final boolean isFloat32;
  private final double toGrid;
  private final double fromGrid;
  private final double step;
  private final double inverseStep;
  private final long gridEnd;
  private final long gridRanks;
  private final CellTable above;
  private final long lastRank;

  /** The scale for a bound d, 0 &lt; d &lt; ∞. */
  static MagnitudeScale of(double bound, FloatLayout layout) {
    boolean allExact = floorOfUlps(bound, layout.lowestUlpExponent()) == 0;
    return allExact ? new ExactScale(layout) : new AbsoluteScale(bound, layout);
  }

  private AbsoluteScale(double bound, FloatLayout layout) {
    isFloat32 = layout == FloatLayout.FLOAT32;
    // A subnormal bound is scaled up first, as getExponent gives one exponent for all of them.
    int exponent =
        bound < Double.MIN_NORMAL
            ? Math.getExponent(bound * 0x1p200) - 200
            : Math.getExponent(bound);
    int wanted = exponent + 1 - STEP_BITS;
    int ulpExponent = Math.clamp(wanted, layout.lowestUlpExponent(), layout.highestUlpExponent());
    double ulpsPerStep =
        ulpExponent == layout.lowestUlpExponent()
            ? 2 * floorOfUlps(bound, ulpExponent) + 1
            // A step that reaches beyond all floats need not be larger still.
            : Math.min(
                floorOfUlps(bound, ulpExponent - 1), Math.scalb(1.0, layout.mantissaBits() + 2));
    // The grid is computed in units near its ulp, so that nothing overflows or underflows.
    int unit = Math.min(-ulpExponent, 1000);
    toGrid = Math.scalb(1.0, unit);
    fromGrid = Math.scalb(1.0, -unit);
    step = Math.scalb(ulpsPerStep, ulpExponent + unit);
    inverseStep = 1 / step;
    gridEnd = (ulpExponent - layout.lowestUlpExponent() + 2L) << layout.mantissaBits();
    gridRanks = gridRank(valueAt(gridEnd - 1)) + 1;
    above = cellsAbove(bound, layout, ulpExponent + 1);
    lastRank = gridRanks + above.rankOf(layout.largest() - gridEnd);
  }

  /**
   * ⌊d / 2^exponent⌋. Scaling is exact but where the quotient underflows, far below 1, or
   * overflows, to infinity.
   */
  private static double floorOfUlps(double bound, int exponent) {
    return Math.floor(Math.scalb(bound, -exponent));
  }

  private CellTable cellsAbove(double bound, FloatLayout layout, int firstUlpExponent) {
    CellTable.Builder table = new CellTable.Builder();
    long binade = 1L << layout.mantissaBits();
    int ulpExponent = firstUlpExponent;
    while (ulpExponent <= layout.highestUlpExponent() && floorOfUlps(bound, ulpExponent) > 0) {
      long half = (long) floorOfUlps(bound, ulpExponent);
      table.add(table.end() + binade, 2 * half + 1, half);
      ulpExponent++;
    }
    table.add(layout.largest() - gridEnd + 1, 1, 0);
    return table.build();
  }

  /**
   * The grid point nearest to a magnitude below the grid's end; half-way cases go away from zero.
   *
   * <p>All values are in units of the grid, exactly, unless they underflow: these are far below
   * half a step, and remain so. Let q be the step. The product x·(1/q) errs by less than x/q·2^−52
   * &lt; 1, and adding 2^52 to it, less a half, rounds it to a whole number: so k is ⌊x/q⌋ or one
   * off. The product k·q is exact: an integer below 2^53 times a power of two. So is the rest x −
   * k·q: it is a multiple of x's ulp and, in absolute value, at most x, or below 2q where k is 1.
   * Comparing it with half a step therefore finds the nearest point, whether k was one off or not.
   */
  private long gridRank(double value) {
    double rounded = (value * inverseStep - 0.5) + ROUNDER;
    double rest = value - (rounded - ROUNDER) * step;
    // One more unless the difference is negative; as arithmetic, for a branch would be foreseen
    // half the time.
    return Double.doubleToRawLongBits(rounded)
        - ROUNDER_BITS
        + 1
        + (Double.doubleToRawLongBits(2 * rest - step) >> 63);
  }

  private double valueAt(long magnitude) {
    return toGrid
        * (isFloat32 ? Float.intBitsToFloat((int) magnitude) : Double.longBitsToDouble(magnitude));
  }

  @Override
  public void toRanks(long[] values, int from, int to) {
    if (isFloat32) {
      for (int i = from; i < to; i++) {
        long magnitude = values[i];
        values[i] =
            magnitude < gridEnd
                ? gridRank(Float.intBitsToFloat((int) magnitude) * toGrid)
                : gridRanks + above.rankOf(magnitude - gridEnd);
      }
    } else {
      for (int i = from; i < to; i++) {
        long magnitude = values[i];
        values[i] =
            magnitude < gridEnd
                ? gridRank(Double.longBitsToDouble(magnitude) * toGrid)
                : gridRanks + above.rankOf(magnitude - gridEnd);
      }
    }
  }

  @Override
  public void toMagnitudes(long[] values, int from, int to) {
    // The last grid point may lie beyond the grid's end; the last float before it then stands for
    // the cell and is nearer to all of it.
    if (isFloat32) {
      for (int i = from; i < to; i++) {
        long rank = values[i];
        values[i] =
            rank < gridRanks
                ? Math.min(Float.floatToRawIntBits((float) (rank * step * fromGrid)), gridEnd - 1)
                : gridEnd + above.offsetOf(rank - gridRanks);
      }
    } else {
      for (int i = from; i < to; i++) {
        long rank = values[i];
        values[i] =
            rank < gridRanks
                ? Math.min(Double.doubleToRawLongBits(rank * step * fromGrid), gridEnd - 1)
                : gridEnd + above.offsetOf(rank - gridRanks);
      }
    }
  }

  @Override
  public long lastRank() {
    return lastRank;
  }

  /** The number of ranks below the grid's end. */
  long gridRanks() {
    return gridRanks;
  }
}
