package org.jetfold.codec.quantize;

/**
 * A grid that a phase shifts: a monotone map from ordinals ({@link Ordinals}) to symbols for each
 * phase from 0 to {@value #LAST_PHASE}, and back to an ordinal for each symbol and phase.
 *
 * <p>The symbols of one value under two phases differ by at most 1. Immutable; safe for use by many
 * threads.
 */
sealed interface DitheredScale permits DitheredAbsoluteScale, DitheredRelativeScale {
  /** The number of phases. */
  int PHASES = 256;

  /** The largest phase. */
  int LAST_PHASE = PHASES - 1;

  /** The symbol of a float. */
  long symbolOf(long ordinal, int phase);

  /**
   * Replaces ordinals by symbols.
   *
   * @param phases the phase of value i is {@code phases[phasesFrom + i]}, an unsigned byte
   */
  void toSymbols(long[] values, int count, byte[] phases, int phasesFrom);

  /**
   * Replaces symbols by ordinals.
   *
   * @throws InvalidSymbolException where a symbol is beyond {@link #lastSymbol}
   */
  void toOrdinals(long[] values, int count, byte[] phases, int phasesFrom);

  /**
   * Tells what a symbol of a FLOAT32 column stands for under all phases.
   *
   * @param into receives two ints from index {@code at} on, for {@link DitheredFloats}, and then
   *     the least and the greatest ordinal that they can give
   * @return false where phases do not matter to it: nothing is told then
   */
  boolean describe(long symbol, int[] into, int at);

  /** The largest symbol; the smallest is as far below zero, or one further. */
  long lastSymbol();
}
