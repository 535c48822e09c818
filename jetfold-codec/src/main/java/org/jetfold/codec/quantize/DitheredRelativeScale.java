package org.jetfold.codec.quantize;

import org.jspecify.annotations.Nullable;

/**
 * The symbols of {@code rel:e:dither} (docs/format.md section 6.5): as those of {@link
 * RelativeScale}, but the cells of normal floats are 256 sub-cells of {@link SubCells} each, and
 * the phase shifts where they begin. Subnormals are exact.
 */
final class DitheredRelativeScale implements DitheredScale {
  private static final int PHASE_BITS = 8;

  private static final SharedScales<DitheredRelativeScale> SHARED =
      new SharedScales<>(
          (bound, layout) -> new DitheredRelativeScale(SubCells.of(bound, layout), layout));

  private final long smallestNormal;
  private final long infinity;
  private final SubCells subCells;
  private final long lastCell;
  private final long lastSymbol;
  private int @Nullable [] points;

  /**
   * The scale for a bound.
   *
   * @param bound from 2^−11 to 1/4
   */
  static DitheredRelativeScale of(double bound, FloatLayout layout) {
    return SHARED.of(bound, layout);
  }

  private DitheredRelativeScale(SubCells subCells, FloatLayout layout) {
    this.subCells = subCells;
    smallestNormal = layout.smallestNormal();
    infinity = layout.infinity();
    lastCell = cellOf(infinity - 1 - smallestNormal, LAST_PHASE);
    lastSymbol = smallestNormal + lastCell + 1 + layout.largest() - infinity;
  }

  private long cellOf(long offset, int phase) {
    return (subCells.indexOf(offset) + phase) >> PHASE_BITS;
  }

  @Override
  public long symbolOf(long ordinal, int phase) {
    long magnitude = Ordinals.magnitude(ordinal);
    long rank;
    if (magnitude < smallestNormal) {
      rank = magnitude;
    } else if (magnitude < infinity) {
      rank = smallestNormal + cellOf(magnitude - smallestNormal, phase);
    } else {
      rank = smallestNormal + lastCell + 1 + (magnitude - infinity);
    }
    return rank ^ (ordinal >> 63);
  }

  private long ordinalOf(long symbol, int phase) {
    long rank = symbol ^ (symbol >> 63);
    long cell = rank - smallestNormal;
    long magnitude;
    if (cell < 0) {
      magnitude = rank;
    } else if (cell <= lastCell) {
      long point = subCells.pointOf((cell << PHASE_BITS) - phase);
      // The first cell may begin below the normal floats, the last end above the largest one.
      magnitude = smallestNormal + Math.clamp(point, 0, infinity - 1 - smallestNormal);
    } else {
      magnitude = infinity + (cell - lastCell - 1);
    }
    return magnitude ^ (symbol >> 63);
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
      if (symbol > lastSymbol || symbol < ~lastSymbol) {
        throw InvalidSymbolException.outside(i, symbol, ~lastSymbol, lastSymbol);
      }
      values[i] = ordinalOf(symbol, phases[phasesFrom + i] & 0xFF);
    }
  }

  @Override
  public boolean describe(long symbol, int[] into, int at) {
    long sign = symbol >> 63;
    long cell = (symbol ^ sign) - smallestNormal;
    if (cell < 0 || cell > lastCell) {
      return false;
    }
    long subCell = cell << PHASE_BITS;
    into[at] = (subCells.inPeriod(subCell) + LAST_PHASE) | ((int) sign & Integer.MIN_VALUE);
    into[at + 1] = (int) (smallestNormal + subCells.periodStart(subCell));
    into[at + 2] = (int) (sign < 0 ? ~(infinity - 1) : smallestNormal);
    into[at + 3] = (int) (sign < 0 ? ~smallestNormal : infinity - 1);
    return true;
  }

  /**
   * For FLOAT32, the offsets that stand for the cells that begin with each sub-cell of a period,
   * after as many of the period before as phases shift a cell at most. Made once.
   */
  synchronized int[] points() {
    int[] made = points;
    if (made == null) {
      made = subCells.intPoints(LAST_PHASE);
      points = made;
    }
    return made;
  }

  @Override
  public long lastSymbol() {
    return lastSymbol;
  }
}
