package org.jetfold.codec.quantize;

/**
 * The ranks of {@code rel:e}: subnormals are exact, normal floats are in cells of equal relative
 * width that repeat period by period ({@link RelativeCells}).
 */
final class RelativeScale implements MagnitudeScale {
  private static final SharedScales<RelativeScale> SHARED = new SharedScales<>(RelativeScale::new);

  private final long smallestNormal;
  private final long infinity;
  private final CellTable cells;
  private final int periodShift;
  private final long periodMask;
  private final long ranksPerPeriod;
  private final Reciprocal perPeriod;
  private final long infinityRank;
  private final long lastRank;

  /** The scale for a bound e, 0 &lt; e &lt; 1. */
  static RelativeScale of(double bound, FloatLayout layout) {
    return SHARED.of(bound, layout);
  }

  private RelativeScale(double bound, FloatLayout layout) {
    smallestNormal = layout.smallestNormal();
    infinity = layout.infinity();
    RelativeCells built = new RelativeCells(bound, layout);
    cells = built.cells();
    ranksPerPeriod = built.ranks();
    perPeriod = Reciprocal.of(ranksPerPeriod);
    periodShift = layout.mantissaBits() + Integer.numberOfTrailingZeros(built.periodBinades());
    periodMask = (1L << periodShift) - 1;
    infinityRank = smallestNormal + normalRank(infinity - 1 - smallestNormal) + 1;
    lastRank = infinityRank + layout.largest() - infinity;
  }

  private long normalRank(long offset) {
    return (offset >>> periodShift) * ranksPerPeriod + cells.rankOf(offset & periodMask);
  }

  private long normalMagnitude(long normalRank) {
    long period = perPeriod.quotient(normalRank);
    long offset = (period << periodShift) + cells.offsetOf(normalRank - period * ranksPerPeriod);
    // The last cell may reach beyond the largest float, which then stands for it and is nearer to
    // all of it.
    return Math.min(smallestNormal + offset, infinity - 1);
  }

  // Columns with many zeros would make a branch on the kind of float a costly one, so both loops
  // compute everything for a normal one.

  @Override
  public void toRanks(long[] values, int from, int to, Workspace workspace) {
    long lastOffset = infinity - 1 - smallestNormal;
    for (int i = from; i < to; i++) {
      long offset = values[i] - smallestNormal;
      long normal = Math.min(Math.max(offset, 0), lastOffset);
      // What is below the first or above the last normal float counts on from its rank, one by one.
      values[i] = smallestNormal + normalRank(normal) + (offset - normal);
    }
  }

  @Override
  public void toMagnitudes(long[] values, int from, int to) {
    long normalRanks = infinityRank - smallestNormal;
    for (int i = from; i < to; i++) {
      long rank = values[i] - smallestNormal;
      long normal = normalMagnitude(Math.min(Math.max(rank, 0), normalRanks - 1));
      long finite = rank < 0 ? rank + smallestNormal : normal;
      values[i] = rank < normalRanks ? finite : infinity + (rank - normalRanks);
    }
  }

  @Override
  public long lastRank() {
    return lastRank;
  }
}
