package org.jetfold.codec.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.table.ColumnValues;
import org.jspecify.annotations.Nullable;

/**
 * Spikes of a segment in a column whose symbols a model has fixed (docs/format.md section 12.6).
 * They have no symbols of their own, so each value with the symbol of a spike is told in which part
 * of its cell it lies. With spikes f_0 &lt; f_1 &lt; … in a cell, part 2i + 1 is f_i itself, and
 * part 2i what lies below it and above the spike before.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class SpikeParts {
  private final SegmentQuantizer quantizer;
  private final long[] spikes;

  /** The spikes under each phase, in the order of symbols; null until they are needed. */
  private final AtomicReferenceArray<@Nullable Cells> cells =
      new AtomicReferenceArray<>(DitheredScale.PHASES);

  /**
   * The cells that spikes lie in under one phase.
   *
   * @param symbols of each spike, in increasing order
   * @param spikes the spikes, those in one cell in increasing order
   */
  private record Cells(long[] symbols, long[] spikes) {
    /** The first spike in the cell of a symbol; −1 where there is none. */
    int first(long symbol) {
      int found = Arrays.binarySearch(symbols, symbol);
      while (found > 0 && symbols[found - 1] == symbol) {
        found--;
      }
      return found < 0 ? -1 : found;
    }

    /** The spike behind the last in the cell of a spike. */
    int end(int first) {
      int end = first;
      while (end < symbols.length && symbols[end] == symbols[first]) {
        end++;
      }
      return end;
    }
  }

  /**
   * The parts that some spikes make.
   *
   * @param quantizer of the column's symbols
   * @param spikes those that have symbols of their own do not count
   */
  public SpikeParts(SegmentQuantizer quantizer, List<Long> spikes) {
    this.quantizer = quantizer;
    this.spikes =
        spikes.stream()
            .mapToLong(Long::longValue)
            .filter(spike -> !quantizer.isSpike(spike))
            .toArray();
  }

  /** Whether there are none, and nothing is told. */
  public boolean isEmpty() {
    return spikes.length == 0;
  }

  private Cells cells(byte @Nullable [] phases, int index) {
    int phase = quantizer.isDithered() && phases != null ? phases[index] & 0xFF : 0;
    Cells ofPhase = cells.get(phase);
    if (ofPhase == null) {
      long[][] pairs =
          Arrays.stream(spikes)
              .mapToObj(spike -> new long[] {quantizer.symbolOf(spike, phase), spike})
              .sorted(
                  Comparator.<long[]>comparingLong(pair -> pair[0]).thenComparingLong(p -> p[1]))
              .toArray(long[][]::new);
      ofPhase =
          new Cells(
              Arrays.stream(pairs).mapToLong(pair -> pair[0]).toArray(),
              Arrays.stream(pairs).mapToLong(pair -> pair[1]).toArray());
      cells.set(phase, ofPhase);
    }
    return ofPhase;
  }

  /** How many of some values are told which part they lie in. */
  public int number(long[] symbols, byte @Nullable [] phases, int phasesFrom) {
    int number = 0;
    for (int i = 0; i < symbols.length; i++) {
      number += cells(phases, phasesFrom + i).first(symbols[i]) < 0 ? 0 : 1;
    }
    return number;
  }

  /**
   * The parts of those values that are told theirs.
   *
   * @param from the index of the first value
   * @param symbols of the values
   * @param phases as {@link SegmentQuantizer#quantize} takes them
   */
  public long[] of(
      ColumnValues values, int from, long[] symbols, byte @Nullable [] phases, int phasesFrom) {
    long[] parts = new long[symbols.length];
    long[] ordinal = new long[1];
    int number = 0;
    for (int i = 0; i < symbols.length; i++) {
      Cells ofPhase = cells(phases, phasesFrom + i);
      int first = ofPhase.first(symbols[i]);
      if (first >= 0) {
        Ordinals.copy(values, from + i, 1, ordinal);
        int at = Arrays.binarySearch(ofPhase.spikes, first, ofPhase.end(first), ordinal[0]);
        parts[number++] = at >= 0 ? 2L * (at - first) + 1 : 2L * (~at - first);
      }
    }
    return Arrays.copyOf(parts, number);
  }

  /**
   * Moves values that were restored from their symbols into their parts.
   *
   * @param symbols of {@code count} values
   * @param parts as {@link #of} gives them
   * @param values from index {@code at} on
   * @throws InvalidSymbolException where a part is none of its cell, or has no float
   */
  public void place(
      long[] symbols,
      int count,
      long[] parts,
      byte @Nullable [] phases,
      int phasesFrom,
      ColumnValues values,
      int at) {
    long[] ordinal = new long[1];
    int next = 0;
    for (int i = 0; i < count; i++) {
      Cells ofPhase = cells(phases, phasesFrom + i);
      int first = ofPhase.first(symbols[i]);
      if (first >= 0) {
        Ordinals.copy(values, at + i, 1, ordinal);
        ordinal[0] = placed(i, ordinal[0], ofPhase, first, parts[next++]);
        Ordinals.restore(ordinal, 1, values, at + i);
      }
    }
  }

  private long placed(int index, long ordinal, Cells ofPhase, int first, long part) {
    int end = ofPhase.end(first);
    if (part < 0 || part > 2L * (end - first)) {
      throw new InvalidSymbolException(
          index, "part %d of a cell with spikes, of %d".formatted(part, 2 * (end - first) + 1));
    }
    int spike = first + (int) (part / 2);
    if (part % 2 != 0) {
      return ofPhase.spikes[spike];
    }
    if (!quantizer.cutsAtSpikes()) {
      return ordinal;
    }
    long lowest = spike > first ? ofPhase.spikes[spike - 1] + 1 : Long.MIN_VALUE;
    long highest = spike < end ? ofPhase.spikes[spike] - 1 : Long.MAX_VALUE;
    if (lowest > highest) {
      throw new InvalidSymbolException(index, "no float is between two spikes that are neighbours");
    }
    return Math.clamp(ordinal, lowest, highest);
  }
}
