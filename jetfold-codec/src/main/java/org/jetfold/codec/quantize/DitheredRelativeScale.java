package org.jetfold.codec.quantize;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The symbols of {@code rel:e:dither} (docs/format.md section 6.5): as those of {@link
 * RelativeScale}, but the cells of normal floats are 256 sub-cells of {@link SubCells} each, and
 * the phase shifts where they begin. Subnormals are exact.
 */
final class DitheredRelativeScale implements DitheredScale {
  private static final int PHASE_BITS = 8;

  /** Tables take milliseconds to make, and all columns of one setting share them. */
  private static final Map<Setting, SoftReference<DitheredRelativeScale>> MADE =
      new ConcurrentHashMap<>();

  private record Setting(double bound, FloatLayout layout) {}

  private final long smallestNormal;
  private final long infinity;
  private final SubCells subCells;
  private final long lastCell;
  private final long lastSymbol;

  /**
   * The scale for a bound.
   *
   * @param bound from 2^−11 to 1/4
   */
  static DitheredRelativeScale of(double bound, FloatLayout layout) {
    Setting setting = new Setting(bound, layout);
    SoftReference<DitheredRelativeScale> made = MADE.get(setting);
    DitheredRelativeScale scale = made == null ? null : made.get();
    if (scale == null) {
      scale = new DitheredRelativeScale(SubCells.of(bound, layout), layout);
      MADE.put(setting, new SoftReference<>(scale));
    }
    return scale;
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
  public long lastSymbol() {
    return lastSymbol;
  }
}
