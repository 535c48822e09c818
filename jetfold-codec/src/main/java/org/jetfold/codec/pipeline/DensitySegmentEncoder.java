package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.EventIntervals;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.ScaledPrecisions;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/** Codes the columns of a segment that a density model codes. */
final class DensitySegmentEncoder implements SegmentEncoder {
  private final DensityCoder coder;
  private final EncodingContext context;
  private final DensityEncoder encoder;
  private final DensityDecoder decoder;
  private final List<SegmentQuantizer> quantizers;
  private final EnergyUnitCheck unit;
  private final long[] modelBytes;
  private final long[] savedBytes;

  /** Codes the model's columns without it. */
  private final StaticSegmentEncoder withoutModel;

  /** The intervals of the events that were taken; null where none are. */
  private final @Nullable EventIntervals taken;

  /** For each context column, each row's cell in the segment at hand. */
  private char[][] contexts = new char[0][];

  private final CompleteEvent.ListVisitor takeList = this::takeList;
  private final long[][] symbolsOfList;

  /** The phase of the event that is being taken, as often as a list of it has rows. */
  private byte[] phaseOfEvent = new byte[1];

  DensitySegmentEncoder(DensityCoder coder, EncodingContext context) {
    this.coder = coder;
    this.context = context;
    encoder = new DensityEncoder(coder.model(), Kernels.best());
    decoder = new DensityDecoder(coder.model(), Kernels.best());
    quantizers = coder.columns().stream().map(coder::quantizer).toList();
    unit = EnergyUnitCheck.of(context.header().schema(), coder);
    modelBytes = new long[coder.columns().size()];
    savedBytes = new long[modelBytes.length];
    withoutModel =
        new StaticSegmentEncoder(
            context,
            IntStream.range(0, context.codecs().size())
                .filter(column ->
                    context.header().columns().get(column).coding() == 0
                        || coder.columns().contains(column))
                .boxed()
                .toList());
    // Contexts are known when the segment is complete.
    boolean takes = context.eventByEvent() && coder.contexts().isEmpty();
    taken = takes ? new EventIntervals(coder.model(), Kernels.best()) : null;
    symbolsOfList = new long[coder.columns().size()][0];
  }

  /** What a model calls an event is an entry of the parent group, with its list. */
  @Override
  public void take(CompleteEvent event, byte phase) {
    Arrays.fill(phaseOfEvent, phase);
    event.forEachList(coder.group(), takeList);
  }

  private void takeList(CompleteEvent event, int from, int rows) {
    if (taken == null) {
      return;
    }
    if (phaseOfEvent.length < rows) {
      byte phase = phaseOfEvent[0];
      phaseOfEvent = new byte[2 * rows];
      Arrays.fill(phaseOfEvent, phase);
    }
    for (int j = 0; j < symbolsOfList.length; j++) {
      if (symbolsOfList[j].length < rows) {
        symbolsOfList[j] = new long[2 * rows];
      }
      int column = coder.columns().get(j);
      context
          .codecs()
          .get(column)
          .quantize(event.values(column), from, rows, phaseOfEvent, symbolsOfList[j]);
    }
    taken.add(symbolsOfList, rows, phaseOfEvent[0]);
  }

  /**
   * A coded block.
   *
   * @param bytes what the model's intervals make of each column
   * @param parts for each column, what is told of its spikes
   */
  private record Block(ByteWriter[] bytes, long[][] parts, ColumnStatistics[] statistics) {}

  /** Leaves the columns that static distributions code in fewer bytes to them. */
  @Override
  public void encode(Segment segment, SegmentCodecs codecs, CodedStream[] streams) {
    unit.see(segment.table());
    contexts = contexts(segment.table(), codecs);
    List<CodedStream> modelled = modelled(segment, codecs, taken);
    for (int j = 0; j < modelBytes.length; j++) {
      modelBytes[j] += modelled.get(j).bytes().length;
    }
    if (!coder.always()) {
      modelled = withFallback(segment, codecs, modelled, streams.length);
    }
    if (taken != null) {
      taken.clear();
    }
    for (int j = 0; j < modelled.size(); j++) {
      streams[context.lists() + column(j)] = modelled.get(j);
    }
  }

  @Override
  public void finish() {
    unit.finish();
  }

  @Override
  public long modelBytes(int column) {
    int j = coder.columns().indexOf(column);
    return j < 0 ? 0 : modelBytes[j];
  }

  @Override
  public long savedBytes(int column) {
    int j = coder.columns().indexOf(column);
    return j < 0 ? 0 : savedBytes[j];
  }

  /**
   * The streams of the model's columns, some of which static distributions may code.
   *
   * @param ofModel as the model codes all of them
   */
  private List<CodedStream> withFallback(
      Segment segment, SegmentCodecs codecs, List<CodedStream> ofModel, int streams) {
    SegmentCodecs statics = codecs.withStatic(coder.columns());
    if (restoresOtherBounds(segment.table(), codecs, statics)) {
      return ofModel;
    }
    CodedStream[] coded = new CodedStream[streams];
    withoutModel.encode(segment, statics, Set.copyOf(coder.columns()), coded);
    List<CodedStream> alternatives =
        coder.columns().stream().map(column -> coded[context.lists() + column]).toList();
    boolean isForced =
        coder.columns().stream().anyMatch(column -> codecs.mustBeStatic(column, coder));
    Set<Integer> cheaper =
        isForced
            ? DensityFallback.all(coder)
            : DensityFallback.cheaper(coder, ofModel, alternatives);
    cheaper.forEach(j -> codecs.leaveToStatic(column(j), statics.get(column(j))));
    boolean isMixed = !cheaper.isEmpty() && cheaper.size() < ofModel.size();
    List<CodedStream> modelled =
        isMixed && seesOthers(segment, codecs) ? modelled(segment, codecs, null) : ofModel;
    for (int j = 0; j < savedBytes.length; j++) {
      savedBytes[j] +=
          cheaper.contains(j)
              ? 0
              : DensityFallback.bytes(alternatives.get(j)) - DensityFallback.bytes(modelled.get(j));
    }
    return IntStream.range(0, modelled.size())
        .mapToObj(j -> cheaper.contains(j) ? alternatives.get(j) : modelled.get(j))
        .toList();
  }

  /**
   * Whether without the model a column would come back as other values whose values are bounds of
   * another column, which is rounded already.
   */
  private boolean restoresOtherBounds(Table table, SegmentCodecs codecs, SegmentCodecs statics) {
    List<Precision> precisions = context.header().precisions();
    for (int scaled = 0; scaled < precisions.size(); scaled++) {
      if (precisions.get(scaled) instanceof Precision.Scaled bounded) {
        int bound = ScaledPrecisions.columnOf(table.schema(), scaled, bounded);
        ColumnValues values = table.values(bound);
        if (coder.columns().contains(bound)
            && !areEqual(codecs.get(bound).restored(values), statics.get(bound).restored(values))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean areEqual(ColumnValues one, ColumnValues other) {
    return switch (one) {
      case ColumnValues.Floats(float[] floats) ->
          other instanceof ColumnValues.Floats(float[] others) && Arrays.equals(floats, others);
      case ColumnValues.Doubles(double[] doubles) ->
          other instanceof ColumnValues.Doubles(double[] others) && Arrays.equals(doubles, others);
      case ColumnValues.Integers(long[] integers) ->
          other instanceof ColumnValues.Integers(long[] others) && Arrays.equals(integers, others);
    };
  }

  private int column(int j) {
    return coder.columns().get(j);
  }

  /**
   * Whether the network sees other symbols where static distributions code some columns: those of
   * restored values.
   */
  private boolean seesOthers(Segment segment, SegmentCodecs codecs) {
    int[] starts = segment.starts(coder.group());
    AtomicBoolean others = new AtomicBoolean();
    context
        .workers()
        .forEach(
            segment.blocks(),
            number -> {
              int from = starts[number];
              int count = starts[number + 1] - from;
              for (int j = 0; j < coder.columns().size(); j++) {
                if (codecs.isStatic(column(j))) {
                  ColumnValues values = segment.table().values(column(j));
                  long[] own = new long[count];
                  quantizers.get(j).quantize(values, from, count, phases(codecs), from, own);
                  if (!Arrays.equals(own, given(segment, codecs, j, from, count))) {
                    others.set(true);
                  }
                }
              }
            });
    return others.get();
  }

  private byte[] phases(SegmentCodecs codecs) {
    return codecs.phases(coder.group());
  }

  /** The symbols that the network sees of a column that static distributions code. */
  private long[] given(Segment segment, SegmentCodecs codecs, int j, int from, int count) {
    ColumnValues restored =
        codecs.get(column(j)).restored(segment.table().values(column(j)), from, count);
    long[] symbols = new long[count];
    quantizers.get(j).quantize(restored, 0, count, phases(codecs), from, symbols);
    return symbols;
  }

  /**
   * The streams of the model's columns; of those that static distributions code, none of use.
   *
   * @param intervalsOfEvents those that are known already; null for none
   */
  private List<CodedStream> modelled(
      Segment segment, SegmentCodecs codecs, @Nullable EventIntervals intervalsOfEvents) {
    Block[] blocks = new Block[segment.blocks()];
    context
        .workers()
        .forEach(
            blocks.length,
            number -> blocks[number] = encodeBlock(segment, codecs, intervalsOfEvents, number));
    EncodingBuffers buffers = new EncodingBuffers();
    List<CodedStream> streams = new ArrayList<>();
    for (int j = 0; j < coder.columns().size(); j++) {
      streams.add(
          codecs.get(column(j)).parts().isEmpty()
              ? modelled(blocks, j)
              : withParts(blocks, j, buffers));
    }
    return streams;
  }

  /** For each context column, the cell of each of the segment's rows. */
  private char[][] contexts(Table table, SegmentCodecs codecs) {
    return coder
        .contexts()
        .cells(
            table.entries(coder.group()),
            table::offsets,
            column -> codecs.get(column).restored(table.values(column)));
  }

  private static List<ColumnStatistics> statistics(Block[] blocks, int j) {
    return Arrays.stream(blocks).map(block -> block.statistics()[j]).toList();
  }

  private static CodedStream modelled(Block[] blocks, int j) {
    ByteWriter together = new ByteWriter();
    int[] starts = new int[blocks.length + 1];
    for (int number = 0; number < blocks.length; number++) {
      ByteWriter bytes = blocks[number].bytes()[j];
      together.raw(bytes.array(), 0, bytes.size());
      starts[number + 1] = together.size();
    }
    return CodedStream.modelled(together.toByteArray(), starts, statistics(blocks, j));
  }

  /** The length of what the model codes, that, and a static stream that tells of spikes. */
  private CodedStream withParts(Block[] blocks, int j, EncodingBuffers buffers) {
    List<ColumnStatistics> statistics = statistics(blocks, j);
    CodedStream parts =
        CodedStream.of(
            Arrays.stream(blocks).map(block -> block.parts()[j]).toList(),
            context.verifying(),
            buffers,
            statistics);
    ByteWriter together = new ByteWriter();
    int[] starts = new int[blocks.length + 1];
    for (int number = 0; number < blocks.length; number++) {
      ByteWriter bytes = blocks[number].bytes()[j];
      together.varint(bytes.size());
      together.raw(bytes.array(), 0, bytes.size());
      parts.write(number, together);
      starts[number + 1] = together.size();
    }
    return new CodedStream(parts.fitted(), together.toByteArray(), starts, statistics);
  }

  private Block encodeBlock(
      Segment segment,
      SegmentCodecs codecs,
      @Nullable EventIntervals intervalsOfEvents,
      int number) {
    int[] starts = segment.starts(coder.group());
    int from = starts[number];
    int count = starts[number + 1] - from;
    EventOrder order =
        coder.order(
            segment.offsets(coder.group(), number),
            count,
            () -> Arrays.copyOfRange(phases(codecs), from, from + count));
    if (contexts.length > 0) {
      order =
          order.withContexts(
              Arrays.stream(contexts)
                  .map(cells -> Arrays.copyOfRange(cells, from, from + count))
                  .toArray(char[][]::new));
    }
    Table table = segment.table();
    int columns = coder.columns().size();
    long[][] symbols = new long[columns][];
    long[] @Nullable [] given = new long[columns][];
    ByteWriter[] out = new ByteWriter[columns];
    for (int j = 0; j < columns; j++) {
      if (codecs.isStatic(column(j))) {
        symbols[j] = given(segment, codecs, j, from, count);
        given[j] = symbols[j];
      } else {
        symbols[j] = codecs.get(column(j)).symbols(table.values(column(j)), from, count);
      }
      out[j] = new ByteWriter(2 * count);
    }
    Intervals intervals =
        intervalsOfEvents == null
            ? encoder.intervals(symbols, order)
            : intervalsOfEvents.ofBlock(symbols, order, from);
    encoder.encode(intervals, order, out);
    if (context.verifying()) {
      verify(symbols, given, intervals.cells(), order, out);
    }
    long[][] parts = new long[columns][0];
    ColumnStatistics[] statistics = new ColumnStatistics[columns];
    for (int j = 0; j < columns; j++) {
      ColumnCodec codec = codecs.get(column(j));
      ColumnValues values = table.values(column(j));
      ColumnValues restored = ColumnValues.zeros(codec.column().type(), count);
      if (given[j] == null) {
        parts[j] = codec.parts(values, from, symbols[j]);
        statistics[j] = codec.restoreAndCheck(symbols[j], count, parts[j], values, from, restored);
      }
    }
    return new Block(out, parts, statistics);
  }

  /** Decodes what was written, with mixtures of its own. */
  private void verify(
      long[][] symbols,
      long[] @Nullable [] given,
      char[][] cells,
      EventOrder order,
      ByteWriter[] out) {
    @Nullable ByteReader[] in = new ByteReader[out.length];
    for (int j = 0; j < out.length; j++) {
      in[j] = given[j] == null ? new ByteReader(out[j].array(), 0, out[j].size(), 0) : null;
    }
    boolean same;
    try {
      same = Arrays.deepEquals(symbols, decoder.decodeExpected(in, given, order, cells));
    } catch (MalformedBytesException ignored) {
      same = false;
    }
    if (!same) {
      throw new IllegalStateException("a block does not decode to its symbols; please report this");
    }
  }
}
