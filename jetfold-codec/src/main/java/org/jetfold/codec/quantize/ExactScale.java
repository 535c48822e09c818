package org.jetfold.codec.quantize;

/** Every magnitude is its own rank: nothing is lost. */
final class ExactScale implements MagnitudeScale {
  private final long lastRank;

  ExactScale(FloatLayout layout) {
    lastRank = layout.largest();
  }

  @Override
  public void toRanks(long[] values, int from, int to, Workspace workspace) {
    // A magnitude is its own rank.
  }

  @Override
  public void toMagnitudes(long[] values, int from, int to) {
    // A rank is its own magnitude.
  }

  @Override
  public long lastRank() {
    return lastRank;
  }
}
