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

  /** The grid is computed in units near its ulp, but not below 2 to minus this. */
  static final int LARGEST_UNIT = 1000;

  /**
   * Where a double's ulp is 1: adding it rounds to a whole number, whose bits are then the double's
   * last ones.
   */
  private static final double WHOLE = 0x1p52;

  private static final long WHOLE_BITS = Double.doubleToRawLongBits(WHOLE);

  /** Not the first such double, so that a sum with a negative number is rounded likewise. */
  private static final double ROUNDER = WHOLE + 1;

  /** More than 1 over the least that a rest and half a step can differ by, in units of the grid. */
  private static final double STEEP = 0x1p300;

  private final boolean isFloat32;
  private final int ulpExponent;
  private final double ulpsPerStep;
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
    ulpExponent = Math.clamp(wanted, layout.lowestUlpExponent(), layout.highestUlpExponent());
    ulpsPerStep =
        ulpExponent == layout.lowestUlpExponent()
            ? 2 * floorOfUlps(bound, ulpExponent) + 1
            // A step that reaches beyond all floats need not be larger still.
            : Math.min(
                floorOfUlps(bound, ulpExponent - 1), Math.scalb(1.0, layout.mantissaBits() + 2));
    // The grid is computed in units near its ulp, so that nothing overflows or underflows.
    int unit = Math.min(-ulpExponent, LARGEST_UNIT);
    toGrid = Math.scalb(1.0, unit);
    fromGrid = Math.scalb(1.0, -unit);
    step = Math.scalb(ulpsPerStep, ulpExponent + unit);
    inverseStep = 1 / step;
    gridEnd = (ulpExponent - layout.lowestUlpExponent() + 2L) << layout.mantissaBits();
    gridRanks = gridRank(gridEnd - 1) + 1;
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
    int exponent = firstUlpExponent;
    while (exponent <= layout.highestUlpExponent() && floorOfUlps(bound, exponent) > 0) {
      long half = (long) floorOfUlps(bound, exponent);
      table.add(table.end() + binade, 2 * half + 1, half);
      exponent++;
    }
    table.add(layout.largest() - gridEnd + 1, 1, 0);
    return table.build();
  }

  // Both methods give the number of the grid point nearest to a value below the grid's end;
  // half-way cases go away from zero. All values are in units of the grid, exactly, unless they
  // underflow: these are far below half a step, and remain so. Let q be the step.

  /**
   * For float32 values: x/q, unless it is half-way between two whole numbers, is further than 2^−26
   * of itself from there, since x and the odd multiples of q/2 are whole multiples of x's ulp, or
   * of q/2 where that is less. Rounding the quotient and the sum moves them by 2^−52 of it at most,
   * and half-way cases not at all.
   */
  private double nearestToFloat32(double value) {
    return Math.floor(value / step + 0.5);
  }

  /**
   * For float64 values: the product x·(1/q) errs by less than x/q·2^−52 &lt; 1, and adding 2^52 to
   * it, less a half, rounds it to a whole number. So k is ⌊x/q⌋ or one off. The product k·q is
   * exact: an integer below 2^53 times a power of two. So is the rest x − k·q: it is a multiple of
   * x's ulp and, in absolute value, at most x, unless x is far below q. Comparing it with half a
   * step therefore finds the nearest point, whether k was one off or not.
   */
  private double nearestToFloat64(double value) {
    double k = (value * inverseStep - 0.5) + ROUNDER - ROUNDER;
    double rest = value - k * step;
    // One more unless the difference is negative; a branch would be predicted wrong half the time.
    return k + Math.min(Math.max((2 * rest - step) * STEEP + 1, 0), 1);
  }

  private long gridRank(long magnitude) {
    return isFloat32
        ? (long) nearestToFloat32(Float.intBitsToFloat((int) magnitude) * toGrid)
        : (long) nearestToFloat64(Double.longBitsToDouble(magnitude) * toGrid);
  }

  @Override
  public void toRanks(long[] values, int from, int to, Workspace workspace) {
    long inGrid = 0;
    for (int i = from; i < to; i++) {
      inGrid |= gridEnd - 1 - values[i];
    }
    if (inGrid >= 0) {
      toGridRanks(values, from, to - from, workspace);
    } else {
      for (int i = from; i < to; i++) {
        long magnitude = values[i];
        values[i] =
            magnitude < gridEnd
                ? gridRank(magnitude)
                : gridRanks + above.rankOf(magnitude - gridEnd);
      }
    }
  }

  /**
   * Ranks where all magnitudes are below the grid's end. The loops are vectorized: none has two
   * arrays of the same type, which the compiler would have to expect to overlap.
   */
  private void toGridRanks(long[] values, int from, int count, Workspace workspace) {
    BitPatterns bitPatterns = workspace.bitPatterns();
    double[] points = workspace.doubles();
    if (isFloat32) {
      int[] patterns = workspace.patterns();
      for (int i = 0; i < count; i++) {
        patterns[i] = (int) values[from + i];
      }
      float[] floats = workspace.floats();
      bitPatterns.copy(patterns, floats, 0, count);
      for (int i = 0; i < count; i++) {
        points[i] = nearestToFloat32(floats[i] * toGrid) + WHOLE;
      }
    } else {
      bitPatterns.copy(values, from, points, 0, count);
      for (int i = 0; i < count; i++) {
        points[i] = nearestToFloat64(points[i] * toGrid) + WHOLE;
      }
    }
    bitPatterns.copy(points, 0, values, from, count);
    for (int i = from; i < from + count; i++) {
      values[i] -= WHOLE_BITS;
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

  /** The exponent x of the grid's topmost ulp. */
  int ulpExponent() {
    return ulpExponent;
  }

  /** The grid's step in these ulps: a whole number below 2^55. */
  double ulpsPerStep() {
    return ulpsPerStep;
  }

  /** The first magnitude beyond the grid. */
  long gridEnd() {
    return gridEnd;
  }

  /** The cells beyond the grid; offsets count the magnitudes from its end. */
  CellTable above() {
    return above;
  }
}
