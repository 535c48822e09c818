package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.FloatStreamDecoder;
import org.jetfold.codec.entropy.IntSymbols;
import org.jetfold.codec.entropy.StreamCoding;
import org.jetfold.codec.entropy.Symbols;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.DecimalFinder;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.FloatRestorer;
import org.jetfold.codec.quantize.IntTranslation;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.quantize.SpikeParts;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * All that turns one column's values into symbols and proves that they come back within their
 * setting; of the whole table, or {@link #inSegment} of one segment. Immutable and safe to share.
 */
public final class ColumnCodec {
  private static final byte[] NO_PHASES = {};

  /** About so many values show whether decimals pay. */
  private static final int TRIED = 1 << 14;

  /** So many values are quantized together, whose symbols stay in the caches. */
  private static final int PIECE = 1 << 13;

  private final Column column;
  private final Precision precision;
  private final Quantizer quantizer;
  private final BoundCheck check;
  private final SegmentQuantizer segment;

  /** What the segment adds to the precision. */
  private final SegmentScale scale;

  /** Spikes that have no symbols of their own. */
  private final SpikeParts parts;

  /** The phases of the segment's values; null where nothing is dithered. */
  private final byte @Nullable [] phases;

  /** Where the values that a segment's blocks restore are left; null for nowhere. */
  private final @Nullable ColumnValues kept;

  /**
   * The codec of a column in all segments.
   *
   * @param scaleOfSymbols what is known of its symbols before a segment is
   */
  ColumnCodec(Column column, Precision precision, SegmentScale scaleOfSymbols) {
    this.column = column;
    this.precision = precision;
    quantizer = Quantizer.of(precision, column.type());
    segment = quantizer.of(scaleOfSymbols);
    scale = scaleOfSymbols;
    parts = new SpikeParts(segment, List.of());
    phases = null;
    kept = null;
    check = BoundCheck.of(precision, column.type());
  }

  private ColumnCodec(
      ColumnCodec table,
      SegmentQuantizer segment,
      SegmentScale scale,
      SpikeParts parts,
      byte @Nullable [] phases,
      @Nullable ColumnValues kept) {
    column = table.column;
    precision = table.precision;
    quantizer = table.quantizer;
    check = table.check;
    this.segment = segment;
    this.scale = scale;
    this.parts = parts;
    this.phases = phases;
    this.kept = kept;
  }

  /**
   * The codec of one segment, for a column that has a scale of its own in each.
   *
   * @param coder codes the column
   * @param number the column's number
   * @param values all its values in the segment
   * @param known what the segment adds to the precision, where that was found before; else null
   * @param phasesOfColumn gives the phase of each, if they are asked for
   */
  ColumnCodec inSegment(
      ColumnCoder coder,
      int number,
      ColumnValues values,
      @Nullable SegmentScale known,
      Supplier<byte[]> phasesOfColumn) {
    SegmentScale found =
        known != null && coder.scaleOfSymbols(number, known).dithered() == known.dithered()
            ? known
            : coder.look(number, new SpikeFinder(precision, quantizer), values);
    SegmentQuantizer ofSegment = quantizer.of(coder.scaleOfSymbols(number, found));
    return new ColumnCodec(
        this,
        ofSegment,
        found,
        new SpikeParts(ofSegment, found.spikes()),
        found.dithered() ? phasesOfColumn.get() : null,
        null);
  }

  /**
   * The codec of one segment for a column of exact floats: where they are decimals, and these take
   * fewer bytes, symbols follow from them. A sample of the values decides.
   *
   * @param values all its values in the segment
   */
  ColumnCodec inDecimals(ColumnValues values) {
    OptionalInt digits = DecimalFinder.digits(values);
    if (digits.isEmpty()) {
      return this;
    }
    SegmentScale found = SegmentScale.ofDecimals(digits.getAsInt());
    SegmentQuantizer inDecimals = quantizer.of(found);
    int stride = values.size() / TRIED + 1;
    int[] tried = IntStream.range(0, values.size() / stride).map(i -> i * stride).toArray();
    ColumnValues sample = values.at(tried);
    return bits(inDecimals, sample) < bits(segment, sample)
        ? new ColumnCodec(this, inDecimals, found, parts, null, null)
        : this;
  }

  private static double bits(SegmentQuantizer quantizer, ColumnValues values) {
    long[] symbols = new long[values.size()];
    quantizer.quantize(values, 0, symbols.length, null, 0, symbols);
    return FittedDistribution.alone(symbols).bits();
  }

  /**
   * This codec of a segment, leaving what it restores in an array with a place for each of the
   * segment's values.
   */
  ColumnCodec keeping(ColumnValues restored) {
    return new ColumnCodec(this, segment, scale, parts, phases, restored);
  }

  /** What {@link #keeping} leaves: the restored values. */
  ColumnValues kept() {
    ColumnValues values = kept;
    if (values == null) {
      throw new IllegalStateException("column %s is not kept".formatted(column.name()));
    }
    return values;
  }

  /** Spikes that have no symbols of their own. */
  SpikeParts parts() {
    return parts;
  }

  /** For values with some symbols, in which parts those lie that are told it. */
  long[] parts(ColumnValues values, int from, long[] symbols) {
    return parts.isEmpty() ? new long[0] : parts.of(values, from, symbols, phases, from);
  }

  /** Gives the symbols of an event's values. */
  void quantize(ColumnValues values, int from, int count, byte[] ofEvent, long[] symbols) {
    segment.quantize(values, from, count, ofEvent, 0, symbols);
  }

  /** Gives the symbols of other values in the place of {@code symbols.length} from an index on. */
  void quantizeInPlace(ColumnValues others, int from, long[] symbols) {
    segment.quantize(others, 0, symbols.length, phases, from, symbols);
  }

  /** Symbols of this column as another one of the same precision numbers them. */
  long[] inSymbolsOf(ColumnCodec other, long[] symbols) {
    return segment.inSymbolsOf(other.segment, symbols);
  }

  /** As above, of the first {@code count}. */
  Symbols inSymbolsOf(ColumnCodec other, Symbols symbols, int count) {
    if (segment.hasSymbolsOf(other.segment)) {
      return symbols;
    }
    int[] translated = new int[count];
    boolean areInts =
        symbols instanceof Symbols.Ints(int[] ints)
            && new IntTranslation(segment, other.segment).translate(ints, count, translated);
    return areInts
        ? new Symbols.Ints(translated)
        : new Symbols.Longs(inSymbolsOf(other, symbols.asLongs(count)));
  }

  /** What the segment adds to the precision. */
  SegmentScale scale() {
    return scale;
  }

  /** The phases of the segment's values; null where nothing is dithered. */
  byte @Nullable [] phases() {
    return phases;
  }

  /** The column. */
  public Column column() {
    return column;
  }

  /** True where symbols of both columns mean the same values. */
  boolean sharesSymbolsWith(ColumnCodec other) {
    return column.type() == other.column.type() && precision.equals(other.precision);
  }

  /** Gives the symbols of the first values, as many as the array takes. */
  void quantize(ColumnValues values, long[] symbols) {
    segment.quantize(values, 0, symbols.length, phases, 0, symbols);
  }

  /**
   * The symbols of all values.
   *
   * @param ints as many or more, are changed; hold the symbols where all of them are ints
   */
  Symbols symbols(ColumnValues values, int[] ints) {
    long[] piece = new long[Math.min(PIECE, values.size())];
    for (int from = 0; from < values.size(); from += PIECE) {
      int length = Math.min(PIECE, values.size() - from);
      segment.quantize(values, from, length, phases, from, piece);
      if (!IntSymbols.narrow(piece, length, ints, from)) {
        return new Symbols.Longs(symbols(values, 0, values.size()));
      }
    }
    return new Symbols.Ints(ints);
  }

  /** The symbols of {@code count} values from index {@code from} on. */
  public long[] symbols(ColumnValues values, int from, int count) {
    long[] symbols = new long[count];
    segment.quantize(values, from, count, phases, from, symbols);
    return symbols;
  }

  /** What all values of the segment come back as. */
  ColumnValues restored(ColumnValues values) {
    int count = values.size();
    long[] all = symbols(values, 0, count);
    ColumnValues restored = ColumnValues.zeros(column.type(), count);
    segment.restore(all, count, phases, 0, restored, 0);
    if (!parts.isEmpty()) {
      parts.place(all, count, parts(values, 0, all), phases, 0, restored, 0);
    }
    return restored;
  }

  /** What {@code count} values from index {@code from} on come back as. */
  ColumnValues restored(ColumnValues values, int from, int count) {
    ColumnValues restored = ColumnValues.zeros(column.type(), count);
    segment.restore(symbols(values, from, count), count, phases, from, restored, 0);
    return restored;
  }

  /**
   * Restores symbols and checks the result against the originals.
   *
   * @param from where in {@code originals} the symbols' values start
   * @param restored takes in the restored values; as long as they are many, or longer
   * @throws IllegalStateException where a value breaks its bound, which would be an error in this
   *     program
   */
  public ColumnStatistics restoreAndCheck(
      long[] symbols, int count, ColumnValues originals, int from, ColumnValues restored) {
    return restoreAndCheck(symbols, count, new long[0], originals, from, restored);
  }

  /**
   * As above, of a column with spikes that have no symbols of their own.
   *
   * @param inParts what {@link #parts(ColumnValues, int, long[])} gives
   */
  ColumnStatistics restoreAndCheck(
      long[] symbols,
      int count,
      long[] inParts,
      ColumnValues originals,
      int from,
      ColumnValues restored) {
    ErrorExtremes extremes = restored(symbols, count, inParts, originals, from, restored);
    return ColumnRange.of(column.type(), restored, count).with(error(extremes), null);
  }

  /**
   * As {@link #restoreAndCheck(long[], int, ColumnValues, int, ColumnValues)}, with values looked
   * up.
   *
   * @param restorer of this column's values
   * @return null where they cannot be looked up
   */
  @Nullable ColumnStatistics lookUpAndCheck(
      FloatRestorer restorer,
      int[] symbols,
      int count,
      ColumnValues originals,
      int from,
      ColumnValues restored) {
    if (!(restored instanceof ColumnValues.Floats(float[] floats))) {
      return null;
    }
    byte[] ofValues = phases == null ? NO_PHASES : Arrays.copyOfRange(phases, from, from + count);
    return restorer.restore(symbols, count, ofValues, floats)
        ? check(originals, from, restored, count)
        : null;
  }

  /** What looks values up; null where values do not follow from their symbols alone. */
  @Nullable FloatRestorer floatRestorer() {
    return parts.isEmpty() && column.type() == ValueType.FLOAT32
        ? new FloatRestorer(segment)
        : null;
  }

  private ErrorExtremes restored(
      long[] symbols,
      int count,
      long[] inParts,
      ColumnValues originals,
      int from,
      ColumnValues restored) {
    segment.restore(symbols, count, phases, from, restored, 0);
    if (!parts.isEmpty()) {
      parts.place(symbols, count, inParts, phases, from, restored, 0);
    }
    return checkedAndKept(originals, from, restored, count);
  }

  /**
   * Checks a block of restored values against the originals.
   *
   * @param from where in {@code originals} the block starts
   * @param restored its values, or more
   * @throws IllegalStateException as {@link #restoreAndCheck} does
   */
  ColumnStatistics check(ColumnValues originals, int from, ColumnValues restored, int count) {
    ErrorExtremes extremes = checkedAndKept(originals, from, restored, count);
    return ColumnRange.of(column.type(), restored, count).with(error(extremes), null);
  }

  private ErrorExtremes checkedAndKept(
      ColumnValues originals, int from, ColumnValues restored, int count) {
    ErrorExtremes extremes = checked(originals, from, restored, 0, count);
    if (kept != null) {
      restored.slice(0, count).copyTo(kept, from);
    }
    return extremes;
  }

  /** What decodes streams straight to values; null where they need another. */
  @Nullable FloatStreamDecoder floatDecoder(StreamCoding coding) {
    return phases == null && parts.isEmpty() && column.type() == ValueType.FLOAT32
        ? FloatStreamDecoder.of(coding, segment::floatsOf)
        : null;
  }

  private ErrorExtremes checked(
      ColumnValues originals, int from, ColumnValues restored, int at, int count) {
    ErrorExtremes extremes = new ErrorExtremes();
    int violation = check.firstViolation(originals, from, restored, at, count, extremes);
    if (violation >= 0) {
      throw new IllegalStateException(
          "value %d of column %s in a block broke its bound %s; please report this"
              .formatted(violation, column.name(), precision));
    }
    return extremes;
  }

  /**
   * What is to be said of a block some of whose values were refined.
   *
   * @param before what was to be said before
   * @param values as they come back now, a place for each of the segment's
   * @param from where the block starts in both, {@code to} where it ends
   */
  ColumnStatistics refined(
      ColumnStatistics before, ColumnValues originals, ColumnValues values, int from, int to) {
    ErrorExtremes extremes = checked(originals, from, values, from, to - from);
    ColumnStatistics.Measurement measurement = before.measurement();
    return ColumnRange.of(column.type(), values.slice(from, to), to - from)
        .with(
            error(extremes),
            measurement == null
                ? null
                : new ColumnStatistics.Measurement(
                    extremes.largestRelative(), measurement.exceptions()));
  }

  /**
   * As {@link #restoreAndCheck}, of a column that an autoencoder restores.
   *
   * @param exceptions how many of the values it does not
   */
  ColumnStatistics measure(
      long[] symbols,
      int count,
      ColumnValues originals,
      int from,
      ColumnValues restored,
      int exceptions) {
    ErrorExtremes extremes = restored(symbols, count, new long[0], originals, from, restored);
    return ColumnRange.of(column.type(), restored, count)
        .with(
            error(extremes),
            new ColumnStatistics.Measurement(extremes.largestRelative(), exceptions));
  }

  private @Nullable Double error(ErrorExtremes extremes) {
    return switch (precision.promise()) {
      case Precision.Exact() -> null;
      case Precision.Bits(int unused) -> extremes.largestRelative();
      case Precision.Relative(double unused) -> extremes.largestRelative();
      case Precision.Absolute unused -> extremes.largestAbsolute();
      case Precision.Step unused -> extremes.largestAbsolute();
      case Precision.Measured unused -> extremes.largestAbsolute();
      case Precision.Scaled unused -> extremes.largestAbsolute();
      case Precision.Dithered unused ->
          throw new IllegalStateException("a promise is not dithered");
    };
  }
}
