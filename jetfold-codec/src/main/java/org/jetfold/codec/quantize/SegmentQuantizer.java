package org.jetfold.codec.quantize;

import java.util.Arrays;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Quantizer} of a column in one segment: with the phases of its events, and with symbols
 * of their own for the segment's spikes (docs/format.md section 6.7).
 *
 * <p>With κ the smaller of the symbols that spike number i has under phases 0 and 255 where there
 * are no spikes, its symbol is κ + 3i + 2, whatever the phase; a value with i spikes below it has
 * 3i more than it had. So each part of a cell that spikes cut has a symbol, even when it is empty,
 * and symbols are ordered as the values of an event are.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class SegmentQuantizer {
  /** Symbols that a spike takes: its own, and one for either of the cells that it cuts. */
  private static final int SYMBOLS_PER_SPIKE = 3;

  private static final int OWN_SYMBOL = 2;

  /** Up to so many spikes are looked at one by one for all values of a chunk. */
  private static final int FEW_SPIKES = 6;

  private static final long[] ZEROS = {-1, 0};

  private static final byte[] NO_PHASES = new byte[Workspace.CHUNK];

  private final Quantizer quantizer;
  private final @Nullable DitheredScale grid;
  private final SegmentScale scale;
  private final long[] spikes;

  /** What takes the place of the quantizer where values are decimals; null elsewhere. */
  private final @Nullable DecimalSymbols decimals;

  /** For each spike the symbol that it has without spikes, the smaller one of all phases. */
  private final long[] cells;

  /** For each spike, its symbol. */
  private final long[] symbols;

  SegmentQuantizer(Quantizer quantizer, @Nullable DitheredScale grid, SegmentScale scale) {
    this.quantizer = quantizer;
    this.grid = grid;
    this.scale = scale;
    decimals =
        scale.decimals() == SegmentScale.NO_DECIMALS
            ? null
            : new DecimalSymbols(
                quantizer.type() == ValueType.FLOAT32 ? FloatLayout.FLOAT32 : FloatLayout.FLOAT64,
                scale.decimals());
    long[] found = scale.spikes().stream().mapToLong(Long::longValue).toArray();
    spikes = grid instanceof DitheredAbsoluteScale ? merged(found, ZEROS) : found;
    cells = new long[spikes.length];
    symbols = new long[spikes.length];
    for (int i = 0; i < spikes.length; i++) {
      cells[i] = smallestSymbol(spikes[i]);
      symbols[i] = cells[i] + (long) SYMBOLS_PER_SPIKE * i + OWN_SYMBOL;
    }
  }

  private static long[] merged(long[] one, long[] other) {
    long[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    Arrays.sort(both);
    return both;
  }

  private long smallestSymbol(long ordinal) {
    if (grid == null) {
      long symbol = quantizer.symbolOf(ordinal);
      // Under abs, small negative values have the symbol of +0, though −0 is above them.
      return ordinal < 0 ? Math.min(symbol, -1) : symbol;
    }
    return Math.min(grid.symbolOf(ordinal, 0), grid.symbolOf(ordinal, DitheredScale.LAST_PHASE));
  }

  /** Whether phases shift the grid. */
  public boolean isDithered() {
    return grid != null && scale.dithered();
  }

  /** The symbols of all spikes, zeros among them where these are spikes, in increasing order. */
  public long[] spikeSymbols() {
    return symbols.clone();
  }

  /** Whether a value has a symbol of its own as a spike. */
  boolean isSpike(long ordinal) {
    return Arrays.binarySearch(spikes, ordinal) >= 0;
  }

  /** The symbol of a float in an event of a phase. */
  long symbolOf(long ordinal, int phase) {
    long plain =
        grid == null
            ? quantizer.symbolOf(ordinal)
            : grid.symbolOf(ordinal, scale.dithered() ? phase : 0);
    return withSpikes(ordinal, plain);
  }

  /** Whether a value between two spikes comes back between them. */
  boolean cutsAtSpikes() {
    return quantizer.cutsAtSpikes();
  }

  /** Whether symbols are those that the column has in the whole table. */
  public boolean hasSymbolsOfTable() {
    return grid == null && spikes.length == 0 && decimals == null;
  }

  /**
   * Quantizes {@code count} values from index {@code from} on, into {@code symbols} from index 0
   * on.
   *
   * @param phases the phase of each value, an unsigned byte; where the scale is not dithered they
   *     are not looked at, and may be null
   * @param phasesFrom the index of the first value's phase
   */
  public void quantize(
      ColumnValues values,
      int from,
      int count,
      byte @Nullable [] phases,
      int phasesFrom,
      long[] into) {
    if (hasSymbolsOfTable()) {
      quantizer.quantize(values, from, count, into);
      return;
    }
    if (decimals != null) {
      decimals.quantize(values, from, count, into);
      return;
    }
    if (grid == null) {
      quantizer.quantize(values, from, count, into);
    }
    long[] ordinals = new long[Math.min(count, Workspace.CHUNK)];
    long[] chunk = new long[ordinals.length];
    long[] below = new long[ordinals.length];
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - start);
      Ordinals.copy(values, from + start, length, ordinals);
      if (grid != null) {
        System.arraycopy(ordinals, 0, chunk, 0, length);
        grid.toSymbols(chunk, length, phasesOr0(phases), phasesFrom(phasesFrom + start));
        System.arraycopy(chunk, 0, into, start, length);
      }
      if (spikes.length > 0
          && spikes.length <= FEW_SPIKES
          && values instanceof ColumnValues.Floats) {
        addFewSpikes(ordinals, into, start, length, below);
        continue;
      }
      for (int i = 0; spikes.length > 0 && i < length; i++) {
        into[start + i] = withSpikes(ordinals[i], into[start + i]);
      }
    }
  }

  /** Whether another one, of the same precision, numbers the same symbols alike. */
  public boolean hasSymbolsOf(SegmentQuantizer other) {
    return Arrays.equals(spikes, other.spikes);
  }

  /**
   * Symbols of this column as another one, of the same precision, would number them: what its
   * symbols are told relative to.
   *
   * @param own the symbols, which are not changed
   * @return the same array where both have the same spikes
   */
  public long[] inSymbolsOf(SegmentQuantizer other, long[] own) {
    if (hasSymbolsOf(other)) {
      return own;
    }
    long[] translated = new long[own.length];
    for (int i = 0; i < own.length; i++) {
      int below = numberBelow(symbols, own[i]);
      boolean isSpike = below < symbols.length && symbols[below] == own[i];
      long plain = isSpike ? cells[below] : own[i] - (long) SYMBOLS_PER_SPIKE * below;
      translated[i] = plain + (long) SYMBOLS_PER_SPIKE * numberBelow(other.cells, plain);
    }
    return translated;
  }

  private byte[] phasesOr0(byte @Nullable [] phases) {
    return scale.dithered() && phases != null ? phases : NO_PHASES;
  }

  private int phasesFrom(int from) {
    return scale.dithered() ? from : 0;
  }

  private long withSpikes(long ordinal, long symbol) {
    int below = numberBelow(spikes, ordinal);
    if (below < spikes.length && spikes[below] == ordinal) {
      return symbols[below];
    }
    return symbol
        + (long) SYMBOLS_PER_SPIKE
            * (quantizer.cutsAtSpikes() ? below : numberBelow(cells, symbol));
  }

  /**
   * As {@link #withSpikes} for a chunk of FLOAT32 values, spike by spike: with few of them that is
   * faster, since these loops are turned into vector code. No difference overflows.
   */
  private void addFewSpikes(long[] ordinals, long[] into, int start, int length, long[] below) {
    Arrays.fill(below, 0, length, 0);
    for (int spike = 0; spike < spikes.length; spike++) {
      if (quantizer.cutsAtSpikes()) {
        long own = spikes[spike];
        for (int i = 0; i < length; i++) {
          below[i] += (own - ordinals[i]) >>> 63;
        }
      } else {
        long own = cells[spike];
        for (int i = 0; i < length; i++) {
          below[i] += (own - into[start + i]) >>> 63;
        }
      }
    }
    for (int i = 0; i < length; i++) {
      into[start + i] += SYMBOLS_PER_SPIKE * below[i];
    }
    for (int spike = 0; spike < spikes.length; spike++) {
      long own = spikes[spike];
      long symbol = symbols[spike];
      for (int i = 0; i < length; i++) {
        long difference = ordinals[i] ^ own;
        long others = (difference | -difference) >> 63;
        into[start + i] = (into[start + i] & others) | (symbol & ~others);
      }
    }
  }

  /** How many elements of an array in increasing order are below a key. */
  private static int numberBelow(long[] sorted, long key) {
    int below = 0;
    for (int step = Integer.highestOneBit(sorted.length); step > 0; step >>= 1) {
      int next = below + step;
      below = next <= sorted.length && sorted[next - 1] < key ? next : below;
    }
    return below;
  }

  /**
   * Restores {@code count} values from {@code symbols} (from index 0 on), into {@code values} from
   * index {@code at} on.
   *
   * @param phases as for {@link #quantize}
   * @param phasesFrom the index of the first symbol's phase
   * @throws InvalidSymbolException where a symbol is none that a value has; the values then hold
   *     nothing of use
   */
  public void restore(
      long[] coded,
      int count,
      byte @Nullable [] phases,
      int phasesFrom,
      ColumnValues values,
      int at) {
    if (hasSymbolsOfTable()) {
      quantizer.restore(coded, count, values, at);
      return;
    }
    if (decimals != null) {
      decimals.restore(coded, count, values, at);
      return;
    }
    int length = Math.min(count, Workspace.CHUNK);
    long[] ordinals = new long[length];
    int[] below = new int[length];
    for (int start = 0; start < count; start += Workspace.CHUNK) {
      length = Math.min(Workspace.CHUNK, count - start);
      for (int i = 0; i < length; i++) {
        long symbol = coded[start + i];
        int number = numberBelow(symbols, symbol);
        boolean isSpike = number < spikes.length && symbols[number] == symbol;
        below[i] = isSpike ? ~number : number;
        ordinals[i] = isSpike ? cells[number] : symbol - (long) SYMBOLS_PER_SPIKE * number;
      }
      if (grid != null) {
        grid.toOrdinals(ordinals, length, phasesOr0(phases), phasesFrom(phasesFrom + start));
      } else {
        quantizer.restore(ordinals, length, values, at + start);
        Ordinals.copy(values, at + start, length, ordinals);
      }
      for (int i = 0; i < length; i++) {
        ordinals[i] = below[i] < 0 ? spikes[~below[i]] : placed(i, ordinals[i], below[i]);
      }
      Ordinals.restore(ordinals, length, values, at + start);
    }
  }

  /**
   * Tells what a symbol of a FLOAT32 column stands for under all phases, as {@link
   * DitheredScale#describe} does.
   *
   * @return false where phases do not matter: only the ordinal is told then, as both limits
   * @throws InvalidSymbolException where no value has the symbol
   */
  boolean describe(long symbol, DitheredScale dithered, int[] into, int at) {
    int number = numberBelow(symbols, symbol);
    boolean isSpike = number < spikes.length && symbols[number] == symbol;
    if (!isSpike && dithered.describe(symbol - (long) SYMBOLS_PER_SPIKE * number, into, at)) {
      into[at + 2] = (int) placed(0, into[at + 2], number);
      into[at + 3] = (int) placed(0, into[at + 3], number);
      return true;
    }
    into[at + 2] = (int) Ordinals.of(floatOf(symbol));
    into[at + 3] = into[at + 2];
    return false;
  }

  /**
   * The FLOAT32 value of a symbol under phase 0.
   *
   * @throws InvalidSymbolException where no value has the symbol
   */
  float floatOf(long symbol) {
    float[] value = new float[1];
    restore(new long[] {symbol}, 1, NO_PHASES, 0, new ColumnValues.Floats(value), 0);
    return value[0];
  }

  /** The grid that phases shift; null where none do, or where what they give is moved further. */
  @Nullable DitheredScale shiftedGrid() {
    return scale.dithered() && quantizer.snapping() == null ? grid : null;
  }

  /** Whether what a shifted grid gives is moved further. */
  boolean isMovedFurther() {
    return isDithered() && quantizer.snapping() != null;
  }

  /**
   * The FLOAT32 values of symbols of a column that is not dithered in this segment; null where one
   * of them is none that a value has.
   */
  public float @Nullable [] floatsOf(long[] coded) {
    float[] floats = new float[coded.length];
    try {
      restore(coded, coded.length, null, 0, new ColumnValues.Floats(floats), 0);
    } catch (InvalidSymbolException e) {
      return null;
    }
    return floats;
  }

  /**
   * A float that stands for a cell, moved into the part of it that a value with its symbol is in.
   */
  private long placed(int index, long ordinal, int below) {
    long placed = ordinal;
    long lowest = Long.MIN_VALUE;
    long highest = Long.MAX_VALUE;
    // A zero under rel is one that was there; under abs, zeros are spikes.
    boolean isKept = grid instanceof DitheredRelativeScale && Ordinals.magnitude(ordinal) == 0;
    if (grid != null
        && scale.dithered()
        && !isKept
        && Ordinals.magnitude(ordinal) < quantizer.infinity()) {
      lowest = scale.lowest();
      highest = scale.highest();
      placed = Math.clamp(placed, lowest, highest);
    }
    if (!quantizer.cutsAtSpikes()) {
      return placed;
    }
    long above = below > 0 ? spikes[below - 1] + 1 : Long.MIN_VALUE;
    long under = below < spikes.length ? spikes[below] - 1 : Long.MAX_VALUE;
    if (above > under) {
      throw new InvalidSymbolException(index, "no float is between two spikes that are neighbours");
    }
    placed = Math.clamp(placed, above, under);
    Snapping snapping = grid == null ? null : quantizer.snapping();
    // What was moved may be at the end of its cell.
    return snapping == null || placed != ordinal
        ? placed
        : snapping.snapped(placed, Math.max(lowest, above), Math.min(highest, under));
  }
}
