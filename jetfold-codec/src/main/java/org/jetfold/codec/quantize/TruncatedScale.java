package org.jetfold.codec.quantize;

/**
 * Float truncation: half of the last kept mantissa bit is added to the bits and the bits below are
 * cleared; where that would reach the exponent of infinity they are only cleared. The rank is the
 * magnitude without the cleared bits.
 *
 * <p>This is the formula of the field (ATLAS's FloatCompressor), carry into the exponent included.
 * It is applied to subnormals too, where it bounds the absolute error, by 2^−(m+1) of the smallest
 * normal float, and may give zero. Half-way cases go away from zero.
 */
final class TruncatedScale implements MagnitudeScale {
  private final int shift;
  private final long half;
  private final long infinity;
  private final long infinityRank;
  private final long lastRank;

  /** Keeps {@code mantissaBits} bits, fewer than the layout has and at least one. */
  TruncatedScale(int mantissaBits, FloatLayout layout) {
    shift = layout.mantissaBits() - mantissaBits;
    half = 1L << (shift - 1);
    infinity = layout.infinity();
    infinityRank = infinity >>> shift;
    lastRank = infinityRank + layout.largest() - infinity;
  }

  // Both loops are free of branches, so that the compiler can use vector instructions: `above` is 0
  // for finite values, and 1 for
  // infinity, 2 and more for NaNs.

  @Override
  public void toRanks(long[] values, int from, int to, Workspace workspace) {
    for (int i = from; i < to; i++) {
      long magnitude = values[i];
      long above = Math.max(magnitude - infinity + 1, 0);
      values[i] = Math.min((magnitude + half) >>> shift, infinityRank - 1) + above;
    }
  }

  @Override
  public void toMagnitudes(long[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      long rank = values[i];
      long above = Math.max(rank - infinityRank + 1, 0);
      long one = Math.min(above, 1);
      values[i] = ((Math.min(rank, infinityRank - 1) + one) << shift) + above - one;
    }
  }

  @Override
  public long lastRank() {
    return lastRank;
  }
}
