package org.jetfold.codec.quantize;

/**
 * A monotone map from magnitudes ({@link FloatLayout}) to ranks 0, 1, 2, …, and back to one
 * magnitude for each rank.
 *
 * <p>Every rank from 0 to {@link #lastRank} is the rank of its own magnitude. Hence the map is
 * idempotent, and a rank is never larger than a magnitude that has it. Zero has rank 0. Infinity
 * and every NaN have ranks of their own, above all others, in order.
 *
 * <p>Works on arrays in place, so that a loop over values never meets a virtual call. Immutable;
 * safe for use by many threads.
 */
sealed interface MagnitudeScale
    permits ExactScale, TruncatedScale, RelativeScale, AbsoluteScale, StepScale {
  /**
   * Replaces magnitudes by ranks, from index {@code from} to before {@code to}: a chunk of the
   * workspace at most. The magnitudes must be of this scale's layout.
   */
  void toRanks(long[] values, int from, int to, Workspace workspace);

  /**
   * Replaces ranks by magnitudes, from index {@code from} to before {@code to}. The ranks must be
   * in 0 … {@link #lastRank}.
   */
  void toMagnitudes(long[] values, int from, int to);

  /** The rank of the largest magnitude. */
  long lastRank();
}
