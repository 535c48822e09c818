package org.jetfold.codec.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the symbols of a float column stand for in a segment, sections 6.7 and 7.2. */
public final class SegmentValues {
  private static final int MAX_SPIKES = 1024;

  private final Fields fields;
  private final HeaderFields.Column column;
  private final Ranks ranks;

  /** Whether phases shift the grid in this segment. */
  private final boolean hasPhases;

  /** Whether values stay between their spikes. */
  private final boolean keepsOrder;

  /** Whether zeros need not lie between the lowest and the highest value. */
  private final boolean keepsZeros;

  /** Ordinals of all spikes, and their symbols. */
  private final List<Long> spikes;

  private final List<Long> spikeSymbols = new ArrayList<>();

  /** κ of each spike. */
  private final List<Long> plainSymbols = new ArrayList<>();

  /**
   * What a T frame says of a column.
   *
   * @param spikes the ordinals of those that are listed
   * @param dithered whether phases shift the grid
   * @param lowest the ordinal that restored values are not below, where it is dithered
   * @param highest the same above
   * @param decimals how many digits decimals have; −1 where there are none
   */
  public record Fields(
      List<Long> spikes, boolean dithered, long lowest, long highest, int decimals) {
    /** Fields without decimals. */
    public Fields(List<Long> spikes, boolean dithered, long lowest, long highest) {
      this(spikes, dithered, lowest, highest, -1);
    }

    /** Nothing but the column's precision. */
    public static final Fields NONE = new Fields(List.of(), false, 0, 0);
  }

  /** The symbols of a column with these fields. */
  public SegmentValues(HeaderFields.Column column, Fields fields) {
    this.fields = fields;
    this.column = column;
    ranks = Ranks.of(column);
    hasPhases = fields.dithered() && ranks.hasPhases();
    keepsOrder =
        column.hasSegmentFields()
            && column.precision() != 1
            && column.precision() != HeaderFields.STEP;
    keepsZeros = column.isDitheredRelative();
    TreeSet<Long> all = new TreeSet<>(fields.spikes());
    if (ranks instanceof DitheredGrid) {
      all.addAll(List.of(-1L, 0L));
    }
    spikes = List.copyOf(all);
    for (int i = 0; i < spikes.size(); i++) {
      plainSymbols.add(plainSymbol(spikes.get(i)));
      spikeSymbols.add(plainSymbols.get(i) + 3L * i + 2);
    }
  }

  /** κ. */
  private long plainSymbol(long ordinal) {
    long bits = bitsOf(ordinal);
    long smaller = Math.min(ranks.symbol(bits, 0), ranks.symbol(bits, 255));
    return ordinal < 0 && !ranks.hasPhases() ? Math.min(smaller, -1) : smaller;
  }

  /** Reads what a model says of a column: its fields but the range (section 12.1). */
  static Fields readOfModel(CodedBits coder, HeaderFields.Column column, long offset) {
    return readFields(coder, column, offset, false);
  }

  /** Reads the fields of a column. */
  static SegmentValues read(CodedBits coder, HeaderFields.Column column, long offset) {
    return new SegmentValues(column, readFields(coder, column, offset, true));
  }

  /** Reads what there is of an exact column. */
  static SegmentValues readDecimals(CodedBits coder, HeaderFields.Column column, long offset) {
    BigInteger field = coder.number("DECIMALS");
    if (field.compareTo(BigInteger.valueOf(23)) > 0) {
      throw FileError.damaged(offset, "more decimal digits than there can be");
    }
    int digits = field.intValueExact() - 1;
    return new SegmentValues(column, new Fields(List.of(), false, 0, 0, digits));
  }

  /** Section 6.13. */
  private long decimal(long symbol) {
    long limit = 1L << ranks.t;
    if (symbol > -limit && symbol < limit) {
      double nearest = BigDecimal.valueOf(symbol, fields.decimals()).doubleValue();
      return ranks.t == 23
          ? Float.floatToRawIntBits((float) nearest) & 0xFFFF_FFFFL
          : Double.doubleToRawLongBits(nearest);
    }
    return symbol == -limit ? ranks.largest + 1 : bitsOf(symbol);
  }

  private static Fields readFields(
      CodedBits coder, HeaderFields.Column column, long offset, boolean withRange) {
    Ranks ranks = Ranks.of(column);
    boolean isAbsolute = column.isDitheredAbsolute();
    BigInteger count = coder.number("SPIKES");
    boolean right = count.compareTo(BigInteger.valueOf(MAX_SPIKES)) <= 0;
    List<Long> spikes = new ArrayList<>();
    for (int i = 0; right && i < count.intValueExact(); i++) {
      long ordinal = ordinal(coder, column);
      right =
          ranks.isFinite(ordinal)
              && (spikes.isEmpty() || ordinal > spikes.getLast())
              && !(isAbsolute && (ordinal == 0 || ordinal == -1));
      spikes.add(ordinal);
    }
    if (!right) {
      throw FileError.damaged(offset, "spikes that cannot be");
    }
    boolean dithered = column.isDithered() && coder.bit("DITHERED") == 1;
    long lowest = dithered && withRange ? ordinal(coder, column) : 0;
    long highest = dithered && withRange ? ordinal(coder, column) : 0;
    if (!ranks.isFinite(lowest) || !ranks.isFinite(highest) || lowest > highest) {
      throw FileError.damaged(offset, "lowest and highest values that cannot be");
    }
    return new Fields(spikes, dithered, lowest, highest);
  }

  private static long ordinal(CodedBits coder, HeaderFields.Column column) {
    return column.type() == 10 ? coder.flat(32).intValue() : coder.flat(64).longValue();
  }

  private long ordinalOf(long bits) {
    long magnitude = bits & ranks.largest;
    return bits == magnitude ? magnitude : -1 - magnitude;
  }

  private long bitsOf(long ordinal) {
    return ordinal < 0 ? (-1 - ordinal) | (ranks.largest + 1) : ordinal;
  }

  /** What the T frame, or a model, says. */
  Fields fields() {
    return fields;
  }

  /** The symbol of a float in an event of this phase. */
  long symbol(long bits, int phase) {
    long ordinal = ordinalOf(bits);
    int at = spikes.indexOf(ordinal);
    if (at >= 0) {
      return spikeSymbols.get(at);
    }
    long plain = ranks.symbol(bits, hasPhases ? phase : 0);
    List<Long> compared = keepsOrder ? spikes : plainSymbols;
    long own = keepsOrder ? ordinal : plain;
    return plain + 3 * compared.stream().filter(spike -> spike < own).count();
  }

  /** The symbol of any value: of one that is not finite, the one that stands for it alone. */
  long symbolOfAny(long bits, int phase) {
    long ordinal = ordinalOf(bits);
    if (ranks.isFinite(ordinal)) {
      return symbol(bits, phase);
    }
    long beyond = ranks.largest - (bits & ranks.largest);
    return ordinal >= 0 ? last() - beyond : first() + beyond;
  }

  /** Whether a value has a symbol of its own as a spike. */
  boolean hasSymbolOf(long spike) {
    return spikes.contains(spike);
  }

  /** Whether phases shift the grid. */
  boolean hasPhases() {
    return hasPhases;
  }

  /** The symbols of all spikes. */
  boolean isSpikeSymbol(long symbol) {
    return spikeSymbols.contains(symbol);
  }

  /**
   * The spikes of a segment that a symbol's cell holds in an event of this phase, of those that
   * have no symbols of their own (section 12.6), in increasing order.
   */
  List<Long> inCell(List<Long> ofSegment, long symbol, int phase) {
    return ofSegment.stream()
        .filter(spike -> !spikes.contains(spike) && symbol(bitsOf(spike), phase) == symbol)
        .toList();
  }

  /** The bits of a value that lies in a part of such a cell. */
  long bits(long symbol, int phase, List<Long> inCell, long part, long offset) {
    if (part < 0 || part > 2L * inCell.size()) {
      throw FileError.damaged(offset, "a part that a cell does not have");
    }
    int i = (int) (part / 2);
    if (part % 2 == 1) {
      return bitsOf(inCell.get(i));
    }
    long bits = bits(symbol, phase);
    if (!keepsOrder) {
      return bits;
    }
    long from = i == 0 ? Long.MIN_VALUE : inCell.get(i - 1) + 1;
    long to = i == inCell.size() ? Long.MAX_VALUE : inCell.get(i) - 1;
    if (from > to) {
      throw FileError.damaged(offset, "a part without a float");
    }
    return bitsOf(Math.clamp(ordinalOf(bits), from, to));
  }

  /** The smallest symbol that has a value. */
  public long first() {
    return ranks.first();
  }

  /** The largest symbol that has a value. */
  public long last() {
    return ranks.last() + 3L * spikes.size();
  }

  /** The symbols of spikes. */
  public List<Long> spikeSymbols() {
    return spikeSymbols;
  }

  /**
   * What takes the place of a column's symbols where those of another are told relative to them
   * (section 9).
   *
   * @param own of the column; null where it holds integers
   * @param other of the column that refers to it; null where that holds integers
   */
  public static long[] inSymbolsOf(SegmentValues other, SegmentValues own, long[] symbols) {
    List<Long> here = own == null ? List.of() : own.spikes;
    List<Long> there = other == null ? List.of() : other.spikes;
    if (here.equals(there)) {
      return symbols;
    }
    long[] told = new long[symbols.length];
    for (int i = 0; i < told.length; i++) {
      long plain = own == null ? symbols[i] : own.plain(symbols[i]);
      long below =
          other == null ? 0 : other.plainSymbols.stream().filter(symbol -> symbol < plain).count();
      told[i] = plain + 3 * below;
    }
    return told;
  }

  /** The symbol of a spike, or of a value that is none, without spikes. */
  private long plain(long symbol) {
    int i = spikesBelow(symbol);
    boolean isSpike = i < spikes.size() && spikeSymbols.get(i) == symbol;
    return isSpike ? plainSymbols.get(i) : symbol - 3L * i;
  }

  /** The number of spikes that have smaller symbols. */
  private int spikesBelow(long symbol) {
    int i = 0;
    while (i < spikes.size() && spikeSymbols.get(i) < symbol) {
      i++;
    }
    return i;
  }

  /** Whether a symbol has a value: no two spikes that it lies between have nothing between. */
  public boolean defines(long symbol) {
    if (fields.decimals() >= 0) {
      return symbol >= -1 - ranks.largest && symbol <= ranks.largest;
    }
    int i = spikesBelow(symbol);
    boolean isSpike = i < spikes.size() && spikeSymbols.get(i) == symbol;
    boolean isBetweenNeighbours =
        keepsOrder && i > 0 && i < spikes.size() && spikes.get(i) - spikes.get(i - 1) == 1;
    return isSpike || (ranks.defines(symbol - 3L * i) && !isBetweenNeighbours);
  }

  /** The bits of the value that a symbol has in an event of this phase. */
  public long bits(long symbol, int phase) {
    if (fields.decimals() >= 0) {
      return decimal(symbol);
    }
    int i = spikesBelow(symbol);
    if (i < spikes.size() && spikeSymbols.get(i) == symbol) {
      return bitsOf(spikes.get(i));
    }
    long point = ordinalOf(ranks.bits(symbol - 3L * i, hasPhases ? phase : 0));
    long ordinal = point;
    boolean isKeptZero = keepsZeros && (ordinal == 0 || ordinal == -1);
    long lowest = Long.MIN_VALUE;
    long highest = Long.MAX_VALUE;
    if (hasPhases && ranks.isFinite(ordinal) && !isKeptZero) {
      lowest = fields.lowest();
      highest = fields.highest();
      ordinal = Math.clamp(ordinal, lowest, highest);
    }
    if (keepsOrder) {
      long from = i == 0 ? Long.MIN_VALUE : spikes.get(i - 1) + 1;
      long to = i == spikes.size() ? Long.MAX_VALUE : spikes.get(i) - 1;
      ordinal = Math.clamp(ordinal, from, to);
      lowest = Math.max(lowest, from);
      highest = Math.min(highest, to);
    }
    boolean snaps =
        column.isSnapped() && ranks.hasPhases() && ranks.isFinite(ordinal) && ordinal == point;
    return bitsOf(snaps ? snapped(ordinal, lowest, highest) : ordinal);
  }

  /** Section 6.11, one float after the other. */
  private long snapped(long ordinal, long lowest, long highest) {
    long magnitude = ordinal < 0 ? -1 - ordinal : ordinal;
    long normal = 1L << ranks.t;
    boolean stays = magnitude % normal == normal - 1 || magnitude == 0;
    if (stays || (column.isDitheredRelative() && magnitude < normal)) {
      return ordinal;
    }
    long reach = reach(magnitude, normal);
    for (int zeros = 62; zeros > 0; zeros--) {
      long step = 1L << zeros;
      long below = magnitude / step * step;
      for (long candidate : new long[] {below, below + step}) {
        long own = ordinal < 0 ? -1 - candidate : candidate;
        if (Math.abs(candidate - magnitude) <= reach
            && candidate / normal == magnitude / normal
            && candidate > 0
            && own >= lowest
            && own <= highest) {
          return own;
        }
      }
    }
    return ordinal;
  }

  private long reach(long magnitude, long normal) {
    double bound = Double.longBitsToDouble(column.setting());
    if (column.isDitheredRelative()) {
      long mantissa = normal + magnitude % normal;
      return (long) Math.floor(mantissa * (0.0156 * bound / (1 + bound)));
    }
    if (bound < 0x1p-1000) {
      return 0;
    }
    long exponent = Math.max(magnitude / normal, 1) - 1 + (ranks.t == 23 ? -149 : -1074);
    double floats = Math.scalb(0.0156 * bound, (int) -exponent);
    return floats < normal ? (long) floats : normal;
  }
}
