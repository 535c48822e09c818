package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.entropy.ContextChoice;
import org.jetfold.codec.entropy.ContextSearch;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.FittedContexts;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.FloatStreamDecoder;
import org.jetfold.codec.entropy.StreamCoding;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.quantize.FloatRestorer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
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
    Table table = segment.table();
    int[] starts = segment.starts(groupOf(stream));
    long[] symbols = symbols(table, known, stream, buffers.symbols(starts[segment.blocks()]));
    StreamCoder coder = coder(segment, stream, symbols, choice, known);
    List<ColumnStatistics> statistics = new ArrayList<>();
    return CodedStream.of(
        symbols,
        starts,
        coder,
        context.verifying(),
        buffers,
        stream < lists
            ? (first, second, third) -> {}
            : new ColumnCheck(
                codecs.get(stream - lists),
                table.values(stream - lists),
                coder.fitted().coding(),
                symbols,
                buffers,
                statistics),
        statistics);
  }

  private StreamCoder coder(
      Segment segment, int stream, long[] symbols, ContextChoice choice, SegmentSymbols known) {
    int number = stream - lists;
    ContextSearch.Option option = choice.chosen().get(number);
    Contexts.KnownRows rows = known.before(number);
    FittedContexts several =
        option == null ? null : FittedContexts.of(symbols, option.contexts(), rows);
    if (several != null && Objects.requireNonNull(option).isSure()) {
      return inContexts(several, rows);
    }
    FittedDistribution one =
        FittedDistribution.of(
            symbols,
            Arrays.copyOf(segment.starts(groupOf(stream)), segment.blocks()),
            Map.of(),
            column -> new long[0]);
    if (several != null && several.bits() < one.bits()) {
      return inContexts(several, rows);
    }
    return StreamCoder.of(one, stream >= lists);
  }

  private static StreamCoder inContexts(FittedContexts fitted, Contexts.KnownRows rows) {
    return StreamCoder.of(fitted, (from, count) -> new SegmentSymbols.Part(rows, from, count));
  }

  /** Checks the blocks of a column. */
  private final class ColumnCheck implements CodedStream.BlockCheck {
    private final ColumnCodec codec;
    private final ColumnValues originals;
    private final @Nullable FloatStreamDecoder decoder;
    private final @Nullable FloatRestorer restorer;
    private final long[] symbols;
    private final EncodingBuffers buffers;
    private final List<ColumnStatistics> statistics;

    ColumnCheck(
        ColumnCodec codec,
        ColumnValues originals,
        StreamCoding coding,
        long[] symbols,
        EncodingBuffers buffers,
        List<ColumnStatistics> statistics) {
      this.codec = codec;
      this.originals = originals;
      this.decoder = codec.floatDecoder(coding);
      this.restorer = codec.floatRestorer();
      this.symbols = symbols;
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
        decoder.restore(symbols, from, count, buffers.coding(), floats);
      }
      statistics.add(codec.check(originals, from, restored, count));
      return true;
    }

    @Override
    public void accept(int from, int count, long[] decoded) {
      ColumnValues restored = restored(count);
      ColumnStatistics found =
          restorer == null
              ? null
              : codec.lookUpAndCheck(restorer, decoded, count, originals, from, restored);
      statistics.add(
          found == null ? codec.restoreAndCheck(decoded, count, originals, from, restored) : found);
    }
  }

  /** The symbols of a stream, in the array given or in one that is kept. */
  private long[] symbols(Table table, SegmentSymbols known, int stream, long[] into) {
    if (stream >= lists) {
      return known.of(stream - lists, into);
    }
    int[] offsets = table.offsets(stream + 1);
    for (int i = 0; i < into.length; i++) {
      into[i] = (long) offsets[i + 1] - offsets[i];
    }
    return into;
  }

  /** The group whose entries a stream has a symbol for. */
  private int groupOf(int stream) {
    return stream < lists ? schema.parent(stream + 1) : schema.groupOf(stream - lists);
  }
}
