package org.jetfold.codec.quantize;

import java.util.Arrays;

/**
 * The symbols of {@code abs:d:dither} (docs/format.md section 6.6): below the end of the grid of
 * {@link AbsoluteScale}, with step Δ = q·2^x, the number k = ⌊(v + s·2^x)/Δ + ½⌋ of the signed
 * value v, s = ⌊p·q/256⌋ for the phase p; it stands for kΔ − s·2^x, a float exactly. Beyond, the
 * cells of {@link AbsoluteScale}, which no phase shifts.
 */
final class DitheredAbsoluteScale implements DitheredScale {
  private final boolean isFloat32;
  private final long gridEnd;
  private final CellTable above;

  /** q. */
  private final long step;

  /**
   * A value times both is in units of 2^(x−1); both are powers of two, neither of which is lost.
   */
  private final double toGrid;

  private final double toHalfUnits;

  /** A number of units of 2^x times both is a value. */
  private final double toUnit;

  private final double fromGrid;

  private final long[] shifts = new long[PHASES];
  private final long lastInGrid;
  private final long lastSymbol;

  DitheredAbsoluteScale(AbsoluteScale scale, FloatLayout layout) {
    isFloat32 = layout == FloatLayout.FLOAT32;
    gridEnd = scale.gridEnd();
    above = scale.above();
    step = (long) scale.ulpsPerStep();
    int unit = Math.min(-scale.ulpExponent(), AbsoluteScale.LARGEST_UNIT);
    toGrid = Math.scalb(1.0, unit);
    fromGrid = Math.scalb(1.0, -unit);
    toUnit = Math.scalb(1.0, scale.ulpExponent() + unit);
    toHalfUnits = 2 / toUnit;
    for (int phase = 0; phase < PHASES; phase++) {
      // p·q/256 without overflow: q is below 2^55.
      shifts[phase] = (phase * step) >> 8;
    }
    lastInGrid = Math.max(inGrid(gridEnd - 1, LAST_PHASE), -inGrid(-gridEnd, 0));
    lastSymbol = lastInGrid + 1 + above.rankOf(layout.largest() - gridEnd);
  }

  /**
   * ⌊(v + s·2^x)/Δ + ½⌋ = ⌊(2v/2^x + 2s + q) / 2q⌋. Since 2s + q and 2q are whole numbers, only the
   * integer part of 2v/2^x matters, so nothing is rounded.
   */
  private long inGrid(long ordinal, int phase) {
    double value = isFloat32 ? Ordinals.toFloat(ordinal) : Ordinals.toDouble(ordinal);
    long halfUnits = (long) Math.floor(value * toGrid * toHalfUnits);
    long dividend = halfUnits + 2 * shifts[phase] + step;
    long divisor = 2 * step;
    // The quotient of doubles is one off at most, which the remainder shows.
    long quotient = (long) Math.floor((double) dividend / (double) divisor);
    long rest = dividend - quotient * divisor;
    return rest < 0 ? quotient - 1 : rest >= divisor ? quotient + 1 : quotient;
  }

  @Override
  public long symbolOf(long ordinal, int phase) {
    long magnitude = Ordinals.magnitude(ordinal);
    if (magnitude < gridEnd) {
      return inGrid(ordinal, phase);
    }
    long symbol = lastInGrid + 1 + above.rankOf(magnitude - gridEnd);
    return ordinal < 0 ? -symbol : symbol;
  }

  private long ordinalOf(long symbol, int phase) {
    long magnitude = Math.abs(symbol);
    if (magnitude <= lastInGrid) {
      double value = (symbol * step - shifts[phase]) * toUnit * fromGrid;
      long ordinal = isFloat32 ? Ordinals.of((float) value) : Ordinals.of(value);
      return Math.clamp(ordinal, -gridEnd, gridEnd - 1);
    }
    long found = gridEnd + above.offsetOf(magnitude - lastInGrid - 1);
    return symbol < 0 ? ~found : found;
  }

  @Override
  public void toSymbols(long[] values, int count, byte[] phases, int phasesFrom) {
    for (int i = 0; i < count; i++) {
      values[i] = symbolOf(values[i], phases[phasesFrom + i] & 0xFF);
    }
  }

  @Override
  public void toOrdinals(long[] values, int count, byte[] phases, int phasesFrom) {
    for (int i = 0; i < count; i++) {
      long symbol = values[i];
      if (symbol > lastSymbol || symbol < -lastSymbol) {
        throw InvalidSymbolException.outside(i, symbol, -lastSymbol, lastSymbol);
      }
      values[i] = ordinalOf(symbol, phases[phasesFrom + i] & 0xFF);
    }
  }

  @Override
  public boolean describe(long symbol, int[] into, int at) {
    if (symbol > lastInGrid || symbol < -lastInGrid) {
      return false;
    }
    into[at] = (int) (symbol * step);
    into[at + 1] = 0;
    into[at + 2] = (int) -gridEnd;
    into[at + 3] = (int) (gridEnd - 1);
    return true;
  }

  /** For each phase, by how many units of a FLOAT32 column its grid is shifted. */
  int[] intShifts() {
    return Arrays.stream(shifts).mapToInt(shift -> (int) shift).toArray();
  }

  /** The unit of the grid of a FLOAT32 column. */
  double unit() {
    return toUnit * fromGrid;
  }

  @Override
  public long lastSymbol() {
    return lastSymbol;
  }
}
