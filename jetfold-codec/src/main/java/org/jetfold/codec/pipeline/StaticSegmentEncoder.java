package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.entropy.ContextChoice;
import org.jetfold.codec.entropy.ContextSearch;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.FittedContexts;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.FloatStreamDecoder;
import org.jetfold.codec.entropy.Symbols;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.quantize.FloatRestorer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/** Codes columns and counts of lists, each with a distribution fitted to the segment. */
final class StaticSegmentEncoder implements SegmentEncoder {
  private final EncodingContext context;
  private final Schema schema;
  private final Set<Integer> columns;
  private final int lists;

  /**
   * An encoder.
   *
   * @param columns those that it codes, beside all counts of lists
   */
  StaticSegmentEncoder(EncodingContext context, List<Integer> columns) {
    this.context = context;
    this.columns = new HashSet<>(columns);
    schema = context.header().schema();
    lists = context.lists();
  }

  @Override
  public void encode(Segment segment, SegmentCodecs codecs, CodedStream[] streams) {
    Set<Integer> coded = new HashSet<>(columns);
    for (int stream = 0; stream < lists; stream++) {
      coded.add(stream - lists);
    }
    encode(segment, codecs, coded, streams);
  }

  /**
   * Codes some of its columns alone.
   *
   * @param coded their numbers; lists have negative ones
   */
  void encode(Segment segment, SegmentCodecs codecs, Set<Integer> coded, CodedStream[] streams) {
    ContextChoice choice = new SegmentContexts(context, columns).choose(segment, codecs);
    SegmentSymbols known = new SegmentSymbols(segment.table(), codecs, choice.chosen().values());
    context
        .workers()
        .forEach(
            lists + schema.columns().size(),
            EncodingBuffers::new,
            (buffers, stream) -> {
              if (coded.contains(stream - lists)) {
                streams[stream] = coded(segment, codecs, stream, choice, known, buffers);
              }
            });
  }

  /**
   * Does for a stream all that is to be done before the next: so it finds in the caches what it
   * left there, and no symbols are held but its own and those of the column that it refers to.
   */
  private CodedStream coded(
      Segment segment,
      SegmentCodecs codecs,
      int stream,
      ContextChoice choice,
      SegmentSymbols known,
      EncodingBuffers buffers) {
    int[] starts = segment.starts(groupOf(stream));
    StreamCoder coder = coder(segment, stream, choice, known, buffers);
    List<ColumnStatistics> statistics = new ArrayList<>();
    return CodedStream.of(
        starts,
        coder,
        context.verifying(),
        buffers,
        stream < lists
            ? (first, second, third) -> {}
            : new ColumnCheck(
                codecs.get(stream - lists),
                segment.table().values(stream - lists),
                coder,
                buffers,
                statistics),
        statistics);
  }

  private StreamCoder coder(
      Segment segment,
      int stream,
      ContextChoice choice,
      SegmentSymbols known,
      EncodingBuffers buffers) {
    ContextSearch.Option option = choice.chosen().get(stream - lists);
    if (option == null) {
      long[] symbols =
          stream < lists
              ? counts(segment.table().offsets(stream + 1))
              : known.longs(stream - lists, buffers);
      return StreamCoder.of(fitted(segment, stream, symbols), symbols, stream >= lists);
    }
    Symbols symbols = known.of(stream - lists, buffers);
    Contexts.KnownRows rows = known.before(stream - lists);
    FittedContexts several = FittedContexts.of(symbols, option.contexts(), rows);
    if (!option.isSure()) {
      long[] longs = symbols.asLongs(rows.count());
      FittedDistribution one = fitted(segment, stream, longs);
      if (one.bits() <= several.bits()) {
        return StreamCoder.of(one, longs, true);
      }
    }
    return StreamCoder.of(
        several, symbols, (from, count) -> new SegmentSymbols.Part(rows, from, count));
  }

  private FittedDistribution fitted(Segment segment, int stream, long[] symbols) {
    return FittedDistribution.of(
        symbols,
        Arrays.copyOf(segment.starts(groupOf(stream)), segment.blocks()),
        Map.of(),
        column -> new long[0]);
  }

  /** How many entries each list has. */
  private static long[] counts(int[] offsets) {
    long[] counts = new long[offsets.length - 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) offsets[i + 1] - offsets[i];
    }
    return counts;
  }

  /** Checks the blocks of a column. */
  private final class ColumnCheck implements CodedStream.BlockCheck {
    private final ColumnCodec codec;
    private final ColumnValues originals;
    private final @Nullable FloatStreamDecoder decoder;
    private final @Nullable FloatRestorer restorer;
    private final StreamCoder coder;
    private final EncodingBuffers buffers;
    private final List<ColumnStatistics> statistics;

    ColumnCheck(
        ColumnCodec codec,
        ColumnValues originals,
        StreamCoder coder,
        EncodingBuffers buffers,
        List<ColumnStatistics> statistics) {
      this.codec = codec;
      this.originals = originals;
      this.decoder = codec.floatDecoder(coder.fitted().coding());
      this.restorer = codec.floatRestorer();
      this.coder = coder;
      this.buffers = buffers;
      this.statistics = statistics;
    }

    private ColumnValues restored(int count) {
      return buffers.restored(codec.column().type(), count);
    }

    /** Values that come straight from the bytes are within their bounds, or they are not. */
    @Override
    public boolean acceptCoded(int from, int count, ByteReader coded) {
      ColumnValues restored = restored(count);
      if (decoder == null || !(restored instanceof ColumnValues.Floats(float[] floats))) {
        return false;
      }
      if (context.verifying()) {
        decoder.decode(coded, floats, count, buffers.coding());
      } else {
        long[] symbols = coder.symbols().asLongs(from + count);
        decoder.restore(symbols, from, count, buffers.coding(), floats);
      }
      statistics.add(codec.check(originals, from, restored, count));
      return true;
    }

    @Override
    public void accept(int from, int count, Symbols decoded) {
      ColumnValues restored = restored(count);
      ColumnStatistics found =
          restorer != null && decoded instanceof Symbols.Ints(int[] ints)
              ? codec.lookUpAndCheck(restorer, ints, count, originals, from, restored)
              : null;
      statistics.add(
          found == null
              ? codec.restoreAndCheck(decoded.asLongs(count), count, originals, from, restored)
              : found);
    }
  }

  /** The group whose entries a stream has a symbol for. */
  private int groupOf(int stream) {
    return stream < lists ? schema.parent(stream + 1) : schema.groupOf(stream - lists);
  }
}
